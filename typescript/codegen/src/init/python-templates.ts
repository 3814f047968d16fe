/** The example: a context with one query, and a mutation that makes it stale. */
export function exampleClients(): string {
  return `from mizan import ReactContext, client

greetings: dict[str, str] = {}

# What is read together, and by which parameters.
GreetingContext = ReactContext("greeting")


@client(context=GreetingContext)
def greeting(name: str) -> str:
    """Greets somebody by name."""
    return f"{greetings.get(name, 'Hello')}, {name}!"


@client(affects=GreetingContext)
def change_greeting(name: str, word: str) -> None:
    """Says what somebody is greeted with."""
    greetings[name] = word
`;
}
