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
import { pythonServer } from '../../../../tools/lib/demo/python-server.mjs';
import { backendName } from './run-server.ts';

const examples = fileURLToPath(new URL('../../..', import.meta.url));
const repository = join(examples, '..');

/** A change of one file: every text must stand in it exactly once. */
interface Edit {
  file: string;
  from: string;
  to: string;
}

/** What a copy of a backend is made of, and the changes that tests make there. */
interface Variant {
  folders: string[];
  /** `backend` of the copy's mizan.config.ts. */
  config: string;
  /** `Ticket.body` becomes `Ticket.message`: a breaking change, as somebody would make it on the server. */
  rename: Edit[];
  /** The server keeps released contracts: `contracts` is JSON. */
  keep(contracts: string): Edit;
  serve(folder: string): Pick<DemoBackend, 'install' | 'command'>;
}

const renameInPython: Edit[] = [
  {
    file: 'helpdesk-python/helpdesk/types.py',
    from: '    subject: str\n    body: str\n    status',
    to: '    subject: str\n    message: Annotated[str, Field(validation_alias="body")]\n    status',
  },
];

const variants: Record<string, Variant> = {
  typescript: {
    folders: ['helpdesk-typescript'],
    config: "{ typescript: 'helpdesk-typescript/src/mizan.ts' }",
    rename: [
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
    ],
    keep: (contracts) => ({
      file: 'helpdesk-typescript/src/mizan.ts',
      from: 'createMizan({',
      to: `createMizan({\n  contracts: ${contracts},`,
    }),
    serve: (folder) => ({
      command: () => ({
        program: process.execPath,
        args: ['--conditions=@mizan/source', '--import', 'tsx', join(folder, 'src', 'main.ts')],
        cwd: folder,
      }),
    }),
  },
  django: {
    folders: ['helpdesk-django', 'helpdesk-python'],
    config: "{ django: 'helpdesk-django/manage.py' }",
    rename: renameInPython,
    keep: (contracts) => ({
      file: 'helpdesk-django/config/settings.py',
      from: 'MIZAN = {',
      to: `MIZAN = {"CONTRACTS": ${contracts}, `,
    }),
    serve: pythonServer,
  },
  fastapi: {
    folders: ['helpdesk-fastapi', 'helpdesk-python'],
    config: "{ fastapi: 'desk.main:app', cwd: 'helpdesk-fastapi' }",
    rename: renameInPython,
    keep: (contracts) => ({
      file: 'helpdesk-fastapi/desk/main.py',
      from: 'transaction=writer',
      to: `transaction=writer, contracts=${contracts}`,
    }),
    serve: pythonServer,
  },
};

/** The same example in another folder, where a test may change it. */
export interface Copy {
  folder: string;
  backend: DemoBackend;
  remove(): void;
}

/** What a copy shall differ in. */
export interface Change {
  /** `Ticket.body` is `Ticket.message`. */
  renamed?: boolean;
  /** Released contracts that its server keeps, by their id. */
  contracts?: Record<string, { changed: string[] }>;
}

/** Copies the backend under test, seed and page (without the page's build), and edits them. */
export async function copyExample({ renamed = false, contracts }: Change = {}): Promise<Copy> {
  const name = backendName();
  const variant = variants[name];
  if (variant === undefined)
    throw new Error(`Nobody has said yet how to change a copy of the backend ${name}`);
  // Inside the repository, so that packages resolve as they do for the original; the folder is ignored by git.
  const parent = join(examples, 'browser', '.cache');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'copy-'));
  for (const part of ['helpdesk-data', ...variant.folders, 'helpdesk-web', 'mizan.config.ts']) {
    cpSync(join(examples, part), join(folder, part), {
      recursive: true,
      filter: (path) => !/[\\/](?:node_modules|dist|data|__pycache__)$/.test(path),
    });
    const modules = join(examples, part, 'node_modules');
    if (existsSync(modules)) symlinkSync(modules, join(folder, part, 'node_modules'), 'dir');
    const tsconfig = join(folder, part, 'tsconfig.json');
    if (existsSync(tsconfig)) {
      const base = JSON.stringify(join(repository, 'tsconfig.base.json'));
      edit(folder, { file: join(part, 'tsconfig.json'), from: '"../../tsconfig.base.json"', to: base });
    }
  }
  edit(folder, {
    file: 'mizan.config.ts',
    from: variants.typescript?.config ?? '',
    to: variant.config,
  });
  if (renamed) for (const change of variant.rename) edit(folder, change);
  if (contracts !== undefined) edit(folder, variant.keep(JSON.stringify(contracts)));
  const backendFolder = join(folder, `helpdesk-${name}`);
  const served = variant.serve(backendFolder);
  await served.install?.(() => {});
  const backend: DemoBackend = { title: 'an edited copy', folder: backendFolder, ...served };
  return { folder, backend, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function edit(folder: string, { file, from, to }: Edit): void {
  const path = join(folder, file);
  const parts = readFileSync(path, 'utf8').split(from);
  if (parts.length !== 2) throw new Error(`${file} has ${parts.length - 1} places like: ${from}`);
  writeFileSync(path, parts.join(to));
}
