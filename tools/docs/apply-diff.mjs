/**
 * Changes texts as a `diff` block shows it to a reader: `--- a/PATH` or `+++ b/PATH` names a file, ` ` and `-` lines are
 * looked for in it, one after the other and in this order, and `+` lines go where they stand. `@@` begins anew.
 *
 * @param {string} diff
 * @param {(path: string) => string} read
 * @returns {{ path: string, text: string }[]} the changed files; throws where a line is not found exactly once
 */
export function applyDiff(diff, read) {
  /** @type {{ path: string, text: string }[]} */
  const files = [];
  /** @type {string[]} */
  let hunk = [];
  const flush = () => {
    const file = files.at(-1);
    if (hunk.length > 0 && file) file.text = applyHunk(file.path, file.text, hunk);
    hunk = [];
  };
  for (const line of diff.trimEnd().split('\n')) {
    const path = /^(?:---|\+\+\+) [ab]\/(\S+)$/.exec(line)?.[1];
    if (path !== undefined) {
      flush();
      if (files.at(-1)?.path !== path) files.push({ path, text: read(path) });
    } else if (line.startsWith('@@')) flush();
    else hunk.push(line);
  }
  flush();
  return files;
}

/** @param {string} path @param {string} text @param {readonly string[]} hunk */
function applyHunk(path, text, hunk) {
  const lines = text.split('\n');
  const old = hunk.filter((line) => !line.startsWith('+')).map((line) => line.slice(1));
  const fresh = hunk.filter((line) => !line.startsWith('-')).map((line) => line.slice(1));
  const places = lines
    .map((_, at) => at)
    .filter((at) => old.every((line, offset) => lines[at + offset]?.trimEnd() === line.trimEnd()));
  if (old.length === 0 || places.length !== 1)
    throw new Error(
      `${path} holds these lines ${places.length} times, and a diff needs them once:\n${old.join('\n')}`,
    );
  lines.splice(/** @type {number} */ (places[0]), old.length, ...fresh);
  return lines.join('\n');
}
