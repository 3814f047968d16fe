/** Adds an import line after the last one, or at the top. */
export function addImport(text: string, line: string): string {
  const lines = text.split('\n');
  let last = -1;
  let open = false;
  lines.forEach((one, at) => {
    if (/^import\b/.test(one)) open = true;
    if (open && /(['"];?|\bfrom\s+['"].*['"];?)\s*$/.test(one)) {
      last = at;
      open = false;
    }
  });
  // Directives and the first comment stay at the top of a file without imports.
  if (last === -1) while (/^(['"]use \w+['"];?|#!|\/\/|\/\*)/.test(lines[last + 1] ?? '')) last++;
  lines.splice(last + 1, 0, line);
  return lines.join('\n');
}

/** A Vite configuration with our plugin in it; `undefined` when its form is not known. */
export function addVitePlugin(text: string): string | undefined {
  const withImport = (edited: string) => addImport(edited, "import { mizan } from 'vite-plugin-mizan';");
  const list = [...text.matchAll(/\bplugins\s*:\s*\[(\s*)(\])?/g)];
  if (list.length === 1) {
    const [whole, blank = '', empty] = list[0] as RegExpMatchArray;
    const at = (list[0] as RegExpMatchArray).index as number;
    const head = text.slice(0, at + whole.length - blank.length - (empty ? 1 : 0));
    const tail = text.slice(at + whole.length - (empty ? 1 : 0));
    if (empty) return withImport(`${head}mizan()${tail}`);
    return withImport(`${head}${blank}mizan(),${blank === '' ? ' ' : blank}${tail}`);
  }
  if (list.length > 1) return undefined;
  const config = /\bdefineConfig\(\s*\{/.exec(text) ?? /\bexport default\s*\{/.exec(text);
  if (!config) return undefined;
  const at = config.index + config[0].length;
  return withImport(`${text.slice(0, at)}\n  plugins: [mizan()],${text.slice(at)}`);
}

/** A server framework whose application object is known by how it is made. */
export interface Mount {
  /** The package. */
  framework: string;
  /** Its name for people. */
  title: string;
  /** How the application is made; the first group is its name. */
  made: RegExp;
  /** The line that mounts, for an application of this name. */
  line(app: string): string;
}

/** Frameworks that `mizan init` can mount in. */
export const mounts: readonly Mount[] = [
  {
    framework: 'express',
    title: 'Express',
    made: /^[ \t]*(?:export )?(?:const|let) (\w+)(?:: \w+)? = express\(\);?[ \t]*$/m,
    line: (app) => `${app}.use(mizan.node); // before body parsers`,
  },
  {
    framework: 'fastify',
    title: 'Fastify',
    made: /^[ \t]*(?:export )?(?:const|let) (\w+)(?:: \w+)? = [fF]astify\([^()]*\);?[ \t]*$/m,
    line: (app) => `${app}.addHook('onRequest', (req, reply, next) => mizan.node(req.raw, reply.raw, next));`,
  },
  {
    framework: 'hono',
    title: 'Hono',
    made: /^[ \t]*(?:export )?(?:const|let) (\w+)(?:: \w+)? = new Hono(?:<[^>]*>)?\([^()]*\);?[ \t]*$/m,
    line: (app) => `${app}.all('/api/mizan/*', (c) => mizan.fetch(c.req.raw));`,
  },
];

/** A server's source with the line that mounts; `undefined` when the application is not made exactly once. */
export function addMount(text: string, mount: Mount, specifier: string): string | undefined {
  const all = [...text.matchAll(new RegExp(mount.made.source, 'gm'))];
  const [made] = all;
  if (all.length !== 1 || !made) return undefined;
  const indent = /^[ \t]*/.exec(made[0])?.[0] ?? '';
  const end = (made.index as number) + made[0].length;
  const edited = `${text.slice(0, end)}\n${indent}${mount.line(made[1] as string)}${text.slice(end)}`;
  return addImport(edited, `import { mizan } from '${specifier}';`);
}
