/**
 * What a run of `pytest` says at its end, as counts and one problem for each test that failed.
 *
 * @param {string} output what it printed, with `-q -rfE`
 * @param {number} code its exit code
 * @returns {{ passed: number, failed: number, skipped: number, problems: string[] }}
 */
export function summarizePytest(output, code) {
  const last = output.trimEnd().split('\n').at(-1) ?? '';
  /** @param {RegExp} word */
  const count = (word) => Number(word.exec(last)?.[1] ?? 0);
  const passed = count(/(\d+) passed/);
  const skipped = count(/(\d+) skipped/);
  const failed = count(/(\d+) failed/) + count(/(\d+) errors?\b/);
  const names = output.split('\n').filter((line) => /^(FAILED|ERROR) /.test(line));
  if (code === 0) return { passed, failed, skipped, problems: [] };
  if (names.length === 0)
    return { passed, failed: Math.max(failed, 1), skipped, problems: [output.slice(-4000)] };
  const sections = output.slice(output.search(/^=+ (FAILURES|ERRORS) =+$/m)).split(/^_{3,} .* _{3,}$/m);
  const first = (sections[1] ?? '').trim().split('\n').slice(-30).join('\n');
  return { passed, failed: Math.max(failed, names.length), skipped, problems: [...names, first] };
}
