/**
 * @typedef {object} Block
 * @property {string} language the fence's first word, `ts`, `tsx`, `console` …
 * @property {readonly string[]} words what follows it: `background`, `fails`, `prelude`
 * @property {string} text
 * @property {number} line where the block's first line of code stands
 */

/**
 * The fenced code blocks of a Markdown page, in order. Blocks inside an HTML comment count too: a page can so test
 * what its reader need not see.
 *
 * @param {string} markdown
 * @returns {Block[]}
 */
export function parseBlocks(markdown) {
  const lines = markdown.split('\n');
  /** @type {Block[]} */
  const blocks = [];
  for (let index = 0; index < lines.length; index += 1) {
    const open = /^(\s*)(`{3,}|~{3,})\s*(.*)$/.exec(lines[index] ?? '');
    if (!open) continue;
    const [, indent = '', fence = '', info = ''] = open;
    const end = lines.findIndex(
      (line, at) =>
        at > index && line.trim().startsWith(fence) && line.trim().replaceAll(fence[0] ?? '`', '') === '',
    );
    if (end === -1) throw new Error(`line ${index + 1}: the code block is never closed`);
    const [language = '', ...words] = info.split(/\s+/).filter(Boolean);
    const text = lines
      .slice(index + 1, end)
      .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
      .join('\n');
    blocks.push({ language, words, text: `${text}\n`, line: index + 2 });
    index = end;
  }
  return blocks;
}

/**
 * The file that a block is, by its first line (`// server/users.ts`, `# app.py`, `<!-- index.html -->`), or undefined.
 *
 * @param {Block} block
 */
export function fileNameOf({ text }) {
  const [first = ''] = text.split('\n', 1);
  return /^(?:\/\/|#|<!--)\s+((?:[\w@.[\]-]+\/)*[\w@.[\]-]+\.\w+)(?:\s+-->)?$/.exec(first.trim())?.[1];
}

/**
 * The commands of a `console` block, each with the output that the page promises.
 *
 * @param {Block} block
 * @returns {{ command: string, expected: string[], line: number }[]}
 */
export function parseConsole(block) {
  /** @type {{ command: string, expected: string[], line: number }[]} */
  const commands = [];
  for (const [offset, line] of block.text.trimEnd().split('\n').entries()) {
    const last = commands.at(-1);
    if (line.startsWith('$ '))
      commands.push({ command: line.slice(2), expected: [], line: block.line + offset });
    else if (last?.command.endsWith('\\')) last.command = `${last.command.slice(0, -1)}${line.trim()}`;
    else if (last) last.expected.push(line);
    else throw new Error(`line ${block.line + offset}: a console block starts with a "$ command" line`);
  }
  return commands;
}

/**
 * Whether output holds the promised lines in their order. A line that is `…` stands for any lines, `…` within a line
 * for any text; blanks at the ends do not count.
 *
 * @param {string} output
 * @param {readonly string[]} expected
 * @returns {string | undefined} the first promised line that is missing
 */
export function findMissingLine(output, expected) {
  const lines = output.split('\n').map((line) => line.trim());
  let at = 0;
  for (const promised of expected) {
    const wanted = promised.trim();
    if (wanted === '' || wanted === '…') continue;
    const pattern = new RegExp(`^${wanted.split('…').map(escapeRegExp).join('.*')}$`);
    const found = lines.findIndex((line, index) => index >= at && pattern.test(line));
    if (found === -1) return promised;
    at = found + 1;
  }
  return undefined;
}

/** @param {string} text */
function escapeRegExp(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+');
}
