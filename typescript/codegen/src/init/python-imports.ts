import { closingBracket, type PythonSource, readPython } from './python-source.ts';

/** A module's text that imports these names from another module, in a line that is there already if there is one. */
export function addFromImport(text: string, module: string, names: readonly string[]): string {
  const source = readPython(text);
  const pattern = new RegExp(`^from[ \\t]+${module.replaceAll('.', '\\.')}[ \\t]+import[ \\t]+`, 'm');
  const found = pattern.exec(source.code);
  if (!found) return addImportLine(text, `from ${module} import ${[...names].sort().join(', ')}`);
  const start = found.index + found[0].length;
  return source.code[start] === '(' ? addInBrackets(source, start, names) : addInLine(source, start, names);
}

function addInLine({ code, text }: PythonSource, start: number, names: readonly string[]): string {
  const line = (/^[^\n\\]*/.exec(code.slice(start)) as RegExpExecArray)[0].trimEnd();
  const there = line.split(',').map((name) => name.trim());
  const missing = names.filter((name) => !there.includes(name));
  if (missing.length === 0) return text;
  const all = [...there, ...missing].sort().join(', ');
  return text.slice(0, start) + all + text.slice(start + line.length);
}

function addInBrackets({ code, text }: PythonSource, open: number, names: readonly string[]): string {
  const close = closingBracket(code, open) ?? code.length;
  const inside = code.slice(open + 1, close);
  const there = inside.split(',').map((name) => name.trim());
  const missing = names.filter((name) => !there.includes(name));
  if (missing.length === 0) return text;
  const indent = /\n([ \t]+)\S/.exec(inside)?.[1];
  const first =
    indent === undefined ? `${missing.join(', ')}, ` : missing.map((name) => `\n${indent}${name},`).join('');
  return text.slice(0, open + 1) + first + text.slice(open + 1);
}

/** A module's text with an import after its first imports, else after what it says of itself. */
export function addImportLine(text: string, line: string): string {
  const { code } = readPython(text);
  const lines = code.split('\n');
  let after = -1;
  let found = false;
  for (let at = 0; at < lines.length; ) {
    const end = lastLineOf(lines, at);
    const first = lines[at] as string;
    if (/^(import|from)\b/.test(first)) {
      after = end;
      found = true;
    } else if (!found && /^[rRuU]?["']/.test(first)) after = end;
    else if (first.trim() !== '') break;
    at = end + 1;
  }
  const all = text.split('\n');
  // A module that says what it is has a blank line before its imports; comments at the top stay there.
  if (!found && after === -1) while (/^#/.test(all[after + 1] ?? '')) after++;
  all.splice(after + 1, 0, ...(found || after === -1 ? [line] : ['', line]));
  return all.join('\n');
}

/** The last line of the statement that begins in a line: brackets, strings and backslashes go on. */
function lastLineOf(lines: readonly string[], from: number): number {
  let depth = 0;
  let triple: string | undefined;
  for (let at = from; at < lines.length; at++) {
    const line = lines[at] as string;
    for (const mark of line.match(/"""|'''|[[({\])}]/g) ?? []) {
      if (mark.length === 3) triple = triple === undefined ? mark : triple === mark ? undefined : triple;
      else if (triple === undefined) depth += '[({'.includes(mark) ? 1 : -1;
    }
    if (depth <= 0 && triple === undefined && !line.trimEnd().endsWith('\\')) return at;
  }
  return lines.length - 1;
}
