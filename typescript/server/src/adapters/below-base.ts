/** The path below the base, empty for the base itself; undefined for what is outside of it. */
export function belowBase(path: string, base: string): string | undefined {
  if (!path.startsWith(base)) return undefined;
  return path.length === base.length || path[base.length] === '/' ? path.slice(base.length) : undefined;
}
