/** What a generated module declares, as far as its users can tell: names, and the members of interfaces. */
export type Declarations = Map<string, Declaration>;

/** One export: its text, and for an interface the type of each member, `?` in front when it may be absent. */
export interface Declaration {
  text: string;
  members: Map<string, string> | undefined;
}

/** Reads modules that this package printed; their form is fixed, so lines are all it takes. */
export function readDeclarations(text: string): Declarations {
  const found: Declarations = new Map();
  const code = text.replace(/^[ ]*\/\*\*[\s\S]*?\*\/\n/gm, '');
  for (const block of code.split(/\n(?=export )/)) {
    const name = /^export (?:interface|type|const) (\w+)/.exec(block)?.[1];
    if (name === undefined) continue;
    const isInterface = block.startsWith('export interface');
    found.set(name, { text: squeeze(block), members: isInterface ? readMembers(block) : undefined });
  }
  return found;
}

function readMembers(block: string): Map<string, string> {
  const members = new Map<string, string>();
  const body = block.slice(block.indexOf('{') + 1, block.lastIndexOf('}'));
  for (const member of body.split(/;\n(?= {2}\w|$)/)) {
    const [, name, optional, type] = /^\s*(\w+)(\?)?:([\s\S]*)$/.exec(member) ?? [];
    if (name !== undefined) members.set(name, `${optional ?? ''}${squeeze(type as string)}`);
  }
  return members;
}

/** Layout is not meaning: one blank for many, and none before the first arm of a union. */
function squeeze(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/^ ?\| /, '')
    .replace(/([:=(<,]) \| /g, '$1 ')
    .trim();
}
