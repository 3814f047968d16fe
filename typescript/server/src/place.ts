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

/** The path below a root folder with `/`, or the whole path when it lies elsewhere. */
export function relativePath(file: string, root: string): string {
  const path = file.replaceAll('\\', '/');
  const base = root.replaceAll('\\', '/').replace(/\/?$/, '/');
  return path.startsWith(base) ? path.slice(base.length) : path;
}

function plainPath(file: string): string {
  const path = file.startsWith('file://') ? decodeURIComponent(file.slice(7)) : file;
  // Development servers append a version to a module's name.
  return path.replace(/\?.*$/, '').replace(/^\/([A-Za-z]:)/, '$1');
}
