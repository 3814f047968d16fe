import type { TargetOptions } from '../kernel/target.ts';

/** Where the contract comes from: exactly one of these. Paths are relative to the configuration file. */
export type BackendConfig =
  /** A module that exports what `createMizan` made. */
  | { typescript: string }
  /** The `manage.py` of a Django project. */
  | ({ django: string } & PythonConfig)
  /** A FastAPI application, as uvicorn names it: `app.main:app`; `prefix` says which router, where it has several. */
  | ({ fastapi: string; prefix?: string } & PythonConfig)
  /** A contract file, such as one kept in the repository. */
  | { file: string }
  /** The base URL of a running server (`http://localhost:3000/api/mizan`) that answers `/contract/`. */
  | { url: string };

/** How a backend in Python is run. */
export interface PythonConfig {
  /** The interpreter; default: the environment that is active, else the one beside the project. */
  python?: string;
  /** The folder to run it in; default: that of `manage.py`, or of the configuration file. */
  cwd?: string;
}

/** A folder, or a folder with options. */
export type TargetConfig = string | ({ path: string } & TargetOptions);

/** What stands in `mizan.config.ts`. */
export interface Config {
  backend: BackendConfig;
  /** A folder for each generated client; Mizan owns the files in it that it wrote. */
  generate?: {
    react?: TargetConfig;
    typescript?: TargetConfig;
  };
  /** Folder of released contracts, and of the `contracts.json` that servers read. */
  contracts?: string;
  /** Where the development server's frontend sends `/api/mizan` (Vite plugin only), such as `http://localhost:3000`. */
  server?: string;
}

/** Types the configuration; returns it as it is. */
export function defineConfig(config: Config): Config {
  return config;
}
