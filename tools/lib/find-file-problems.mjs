/**
 * @typedef {object} Rule
 * @property {RegExp} files which paths it looks at
 * @property {RegExp} finds what must not stand in a line
 * @property {string} why
 */

const sources = /\.(ts|tsx|mjs|js|py|rs|vue|svelte)$/;
const tests = /\.(test|spec)\.(ts|tsx|mjs)$|(^|\/)test_\w+\.py$/;
const own = /^tools\/lib\/find-file-problems\./;

// Written in pieces, so that this file does not find itself.
const folders = ['work', 'farm', 'root'].join('|');
const hosts = [
  'registry\\.npm' + 'js',
  'files\\.pythonho' + 'sted',
  'static\\.crates\\.' + 'io',
  'deb\\.deb' + 'ian\\.org',
].join('|');

/** @type {readonly Rule[]} */
const rules = [
  {
    files: /./,
    finds: new RegExp(
      `(^|[^A-Za-z0-9_.\\-])/(${folders})/[A-Za-z.]|(^|[^A-Za-z0-9_])/home/[a-z]|/Users/[A-Za-z]`,
    ),
    why: 'names a folder of one machine; use a path relative to the project',
  },
  {
    files: /./,
    finds: new RegExp(`${hosts}|(^|[^-])\\bpypi\\.${'org'}`),
    why: 'names a registry host; the client knows it',
  },
  {
    files: /(^|\/)package-lock\.json$/,
    finds: /"resolved": "https?:/,
    why: 'holds a download address; .npmrc has omit-lockfile-registry-resolved, run npm install again',
  },
  {
    files: tests,
    finds:
      /\b(it|test|describe|suite)\.(only|skip|todo|fails)\b|\b(fit|fdescribe|xit|xdescribe)\(|pytest\.(mark\.(skip|xfail)|skip\()/,
    why: 'switches tests off; remove it, or mend the test',
  },
  { files: sources, finds: /\b(TODO|FIXME|XXX|HACK)\b/, why: 'is left for later; do it now or file it' },
  {
    files: /\.(ts|tsx)$/,
    finds: /@ts-ignore/,
    why: 'hides every error of the next line; use @ts-expect-error with a reason',
  },
  {
    files: /\.(ts|tsx)$/,
    finds: /^\s*(export\s+)?(declare\s+)?(const\s+)?enum\s/,
    why: 'is an enum, which does not erase; use a union',
  },
  { files: /./, finds: /^(<<<<<<<|>>>>>>>) /, why: 'is a merge conflict' },
];

const emptyNames = /(^|[-_/])(utils?|helpers?|common|misc)(\.[a-z.]+)?$/;
const generated = /(^|\/)(generated|__generated__|fixtures?|node24|packaging)\//;

/**
 * What is wrong with one file's name or lines, each with its place and its mend.
 *
 * @param {string} path relative to the root
 * @param {string} text
 * @returns {string[]}
 */
export function findFileProblems(path, text) {
  if (own.test(path)) return [];
  const problems = [...findNameProblems(path)];
  const relevant = rules.filter((rule) => rule.files.test(path));
  for (const [index, line] of text.split('\n').entries()) {
    for (const rule of relevant) {
      const found = rule.finds.exec(line);
      if (found) problems.push(`${path}:${index + 1}  "${found[0].trim()}" ${rule.why}`);
    }
  }
  if (text.includes('\r\n')) problems.push(`${path}: has CRLF line ends`);
  return problems;
}

/** @param {string} path */
function* findNameProblems(path) {
  if (!/\.(ts|tsx|mjs)$/.test(path) || generated.test(path)) return;
  if (emptyNames.test(path)) yield `${path}: the name says nothing; name the file after what it exports`;
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (!/^[a-z0-9.[\]-]+$/.test(name)) yield `${path}: file names are kebab-case`;
}
