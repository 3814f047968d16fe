/** The example: a context with one query, and a mutation that makes it stale. */
export function exampleFunctions(): string {
  return `import { client, context } from '@mizan/server';
import { z } from 'zod';

const greetings = new Map<string, string>();

/** What is read together, and by which parameters. */
export const GreetingContext = context('greeting', { input: { name: z.string() } });

/** A query: it names the context. In React it is \`useGreeting()\`. */
export const greeting = client(
  { context: GreetingContext, output: z.string(), doc: 'Greets somebody by name.' },
  ({ name }) => \`\${greetings.get(name) ?? 'Hello'}, \${name}!\`,
);

/** A mutation: it says what it makes stale, here the greeting of that name. */
export const changeGreeting = client(
  {
    affects: GreetingContext,
    input: { name: z.string(), word: z.string().min(1).max(40) },
    doc: 'Says what somebody is greeted with.',
  },
  ({ name, word }) => {
    greetings.set(name, word);
  },
);
`;
}

/** The module that the command line and the server import. */
export function serverModule(extension: string): string {
  return `import { createMizan } from '@mizan/server';
import * as greeting from './greeting${extension}';

export const mizan = createMizan({ modules: [greeting] });
`;
}

/** `mizan.config.ts`. */
export function configFile(parts: {
  backend: Readonly<Record<string, string>>;
  target: string;
  folder: string;
  server?: string;
}): string {
  const backend = Object.entries(parts.backend).map(([key, value]) => `${key}: '${value}'`);
  const server = parts.server === undefined ? '' : `  server: '${parts.server}',\n`;
  return `import { defineConfig } from 'mizan';

export default defineConfig({
  backend: { ${backend.join(', ')} },
  generate: { ${parts.target}: '${parts.folder}' },
${server}});
`;
}

/** A route of Next that answers for Mizan. */
export function nextRoute(specifier: string): string {
  return `import { mizan } from '${specifier}';

export const GET = mizan.fetch;
export const POST = mizan.fetch;
`;
}

/** The files of a new project, by path. */
export function newProject(name: string): Record<string, string> {
  return {
    'tsconfig.json': `{
  "compilerOptions": {
    "target": "ES2023",
    "lib": ["ES2023", "DOM", "DOM.Iterable"],
    "module": "ESNext",
    "moduleResolution": "Bundler",
    "jsx": "react-jsx",
    "strict": true,
    "noEmit": true,
    "allowImportingTsExtensions": true,
    "verbatimModuleSyntax": true,
    "skipLibCheck": true,
    "types": ["node", "vite/client"]
  },
  "include": ["server", "web", "*.ts"]
}
`,
    '.gitignore': 'node_modules/\ndist/\n',
    'server/greeting.ts': exampleFunctions(),
    'server/mizan.ts': serverModule('.ts'),
    'server/main.ts': `import { createServer } from 'node:http';
import { mizan } from './mizan.ts';

// In production. While you develop, Vite answers for the server.
const port = Number(process.env.PORT ?? 3000);
createServer(mizan.node).listen(port, () => console.log(\`listening on http://localhost:\${port}\`));
`,
    'web/index.html': `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${name}</title>
  </head>
  <body>
    <div id="root"></div>
    <script type="module" src="/src/main.tsx"></script>
  </body>
</html>
`,
    'web/vite.config.ts': `import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { mizan } from 'vite-plugin-mizan';

export default defineConfig({ plugins: [mizan(), react()] });
`,
    'web/src/main.tsx': `import { StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <Suspense fallback={<p>Loading …</p>}>
      <App />
    </Suspense>
  </StrictMode>,
);
`,
    'web/src/app.tsx': `import { useMutation } from '@mizan/react';
import { changeGreeting, GreetingContext, useGreeting } from './mizan/index.ts';

export function App() {
  return (
    <GreetingContext name="Ada">
      <Greeting />
      <Form />
    </GreetingContext>
  );
}

function Greeting() {
  return <h1>{useGreeting()}</h1>;
}

function Form() {
  const change = useMutation(changeGreeting);
  return (
    <form action={(form) => void change.mutate({ name: 'Ada', word: String(form.get('word')) })}>
      <input name="word" aria-label="Greeting" placeholder="Good morning" required maxLength={40} />
      <button disabled={change.pending}>Change</button>
      {change.error && <p role="alert">{change.error.message}</p>}
    </form>
  );
}
`,
  };
}

/** Scripts of a new project. */
export const newScripts: Readonly<Record<string, string>> = {
  dev: 'vite web',
  build: 'mizan generate && tsc && vite build web',
  start: 'tsx server/main.ts',
};
