/** A place in the source as the runtime names it; the registry makes the path relative to the project. */
export interface Place {
  file: string;
  line: number;
}

/** The place that called `from`, by the stack; undefined where the runtime does not tell. */
export function callerPlace(from: (...args: never[]) => unknown): Place | undefined {
  const holder: { stack?: string } = {};
  if (typeof Error.captureStackTrace === 'function') Error.captureStackTrace(holder, from);
  else holder.stack = new Error().stack?.split('\n').slice(2).join('\n') ?? '';
  for (const line of holder.stack?.split('\n') ?? []) {
    const match = /(?:\(|at |@)((?:file:\/\/)?(?:\/|[A-Za-z]:[\\/]|https?:\/\/)[^()]*?):(\d+):\d+\)?$/.exec(
      line.trim(),
    );
    if (match) return { file: plainPath(match[1] as string), line: Number(match[2]) };
  }
  return undefined;
}

/** The path from a folder to a file with `/`, the same on every machine; the whole path where none leads there. */
export function relativePath(file: string, folder: string): string {
  const path = file.replaceAll('\\', '/').split('/');
  const base = folder.replaceAll('\\', '/').replace(/\/$/, '').split('/');
  let shared = 0;
  while (shared < base.length && base[shared] === path[shared]) shared++;
  // Another drive, or a URL.
  if (shared === 0) return path.join('/');
  return [...base.slice(shared).map(() => '..'), ...path.slice(shared)].join('/');
}

function plainPath(file: string): string {
  const path = file.startsWith('file://') ? decodeURIComponent(file.slice(7)) : file;
  // Development servers append a version to a module's name.
  return path.replace(/\?.*$/, '').replace(/^\/([A-Za-z]:)/, '$1');
}
