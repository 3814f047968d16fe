import type { Interpreter } from './find-interpreter.ts';
import { runPython } from './run-python.ts';

/** The oldest Python that Mizan runs on. */
export const OLDEST: readonly [number, number] = [3, 11];

/** How long looking at an interpreter may take, in milliseconds. */
const TIMEOUT = 30_000;

/** What is known of an interpreter and of what is installed beside it. */
export interface Environment {
  /** `3.11.7`. */
  version: string;
  /** Whether it is new enough. */
  recent: boolean;
  /** Versions by distribution; empty text when a module is there and its version is not. */
  packages: Readonly<Record<string, string>>;
}

/** Every Python since 3.1 can read it: it is what has to tell that one is too old. */
const SCRIPT = `
import json, sys
found = {}
for name in sys.argv[1:]:
    try:
        import importlib.util
        if importlib.util.find_spec(name) is None:
            continue
        found[name] = ""
        from importlib import metadata
        found[name] = metadata.version(name)
    except Exception:
        pass
print(json.dumps({"version": list(sys.version_info[:3]), "packages": found}))
`;

/** Asks an interpreter what it is and which packages it has; `undefined` when it cannot say. */
export async function probe(
  interpreter: Interpreter,
  cwd: string,
  names: readonly string[],
  signal: AbortSignal,
): Promise<Environment | undefined> {
  const { ended, stdout } = await runPython(interpreter, ['-c', SCRIPT, ...names], {
    cwd,
    signal,
    timeout: TIMEOUT,
  });
  if (ended !== 0) return undefined;
  try {
    const last = stdout.trimEnd().split('\n').at(-1) as string;
    const { packages, version } = JSON.parse(last) as {
      version: number[];
      packages: Record<string, string>;
    };
    const [major = 0, minor = 0] = version;
    const recent = major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
    return { version: version.join('.'), recent, packages };
  } catch {
    return undefined;
  }
}
