import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DemoBackend } from '../../../../tools/lib/demo/backend.mjs';

const examples = fileURLToPath(new URL('../../..', import.meta.url));
const repository = join(examples, '..');

/** A change of one file: every text must stand in it exactly once. */
export interface Edit {
  file: string;
  from: string;
  to: string;
}

/** The same example in another folder, where a test may change it. */
export interface Copy {
  folder: string;
  backend: DemoBackend;
  remove(): void;
}

/** `Ticket.body` becomes `Ticket.message`: a breaking change, as somebody would make it on the server. */
export const renameField: Edit[] = [
  {
    file: 'helpdesk-typescript/src/types.ts',
    from: 'subject: z.string(),\n    body: z.string(),\n    status: Status,',
    to: 'subject: z.string(),\n    message: z.string(),\n    status: Status,',
  },
  {
    file: 'helpdesk-typescript/src/ticket-rows.ts',
    from: '    subject,\n    body,\n',
    to: '    subject,\n    message: body,\n',
  },
];

/** Copies backend, seed and page (without the page's build) and edits them. Only the TypeScript backend can do this. */
export function copyExample(edits: Edit[]): Copy {
  // Inside the repository, so that packages resolve as they do for the original; the folder is ignored by git.
  const parent = join(examples, 'browser', '.cache');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'copy-'));
  for (const name of ['helpdesk-data', 'helpdesk-typescript', 'helpdesk-web', 'mizan.config.ts']) {
    cpSync(join(examples, name), join(folder, name), {
      recursive: true,
      filter: (path) => !/[\\/](?:node_modules|dist|data)$/.test(path),
    });
    const modules = join(examples, name, 'node_modules');
    if (existsSync(modules)) symlinkSync(modules, join(folder, name, 'node_modules'), 'dir');
    const tsconfig = join(folder, name, 'tsconfig.json');
    if (existsSync(tsconfig)) {
      const base = JSON.stringify(join(repository, 'tsconfig.base.json'));
      edit(folder, { file: join(name, 'tsconfig.json'), from: '"../../tsconfig.base.json"', to: base });
    }
  }
  for (const change of edits) edit(folder, change);
  const backendFolder = join(folder, 'helpdesk-typescript');
  const backend: DemoBackend = {
    title: 'an edited copy',
    folder: backendFolder,
    command: () => ({
      program: process.execPath,
      args: ['--conditions=@mizan/source', '--import', 'tsx', join(backendFolder, 'src', 'main.ts')],
      cwd: backendFolder,
    }),
  };
  return { folder, backend, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function edit(folder: string, { file, from, to }: Edit): void {
  const path = join(folder, file);
  const parts = readFileSync(path, 'utf8').split(from);
  if (parts.length !== 2) throw new Error(`${file} has ${parts.length - 1} places like: ${from}`);
  writeFileSync(path, parts.join(to));
}
