import ts from 'typescript';

/**
 * Lists what a package publishes: each entry point, each export with its kind, and the public members of classes,
 * interfaces and object types. One line each, sorted, so that a difference reads as what was added or removed.
 *
 * @param {readonly { name: string, file: string }[]} entries entry points as users import them, and their sources
 * @param {ts.CompilerOptions} options
 * @returns {string}
 */
export function listSurface(entries, options) {
  const program = ts.createProgram({ rootNames: entries.map((entry) => entry.file), options });
  const checker = program.getTypeChecker();
  /** @type {string[]} */
  const lines = [];
  for (const { name, file } of entries) {
    lines.push(name);
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    if (!module) throw new Error(`${name}: ${file} exports nothing`);
    const exported = checker.getExportsOfModule(module).map((symbol) => describeExport(symbol, checker));
    lines.push(...exported.sort((a, b) => (a.key < b.key ? -1 : 1)).flatMap((entry) => entry.lines));
  }
  return `${lines.join('\n')}\n`;
}

/** @param {ts.Symbol} symbol @param {ts.TypeChecker} checker */
function describeExport(symbol, checker) {
  const name = symbol.getName();
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const kinds = kindsOf(target);
  const members = membersOf(target, checker).map((member) => `    ${member}`);
  return { key: name, lines: [`  ${kinds.join(' + ')} ${name}`, ...members] };
}

/** @param {ts.Symbol} symbol */
function kindsOf(symbol) {
  /** @type {[ts.SymbolFlags, string][]} */
  const table = [
    [ts.SymbolFlags.Class, 'class'],
    [ts.SymbolFlags.Interface, 'interface'],
    [ts.SymbolFlags.TypeAlias, 'type'],
    [ts.SymbolFlags.Function, 'function'],
    [ts.SymbolFlags.Variable, 'const'],
    [ts.SymbolFlags.Module, 'namespace'],
  ];
  const kinds = table.filter(([flag]) => symbol.flags & flag).map(([, kind]) => kind);
  return kinds.length > 0 ? kinds : ['value'];
}

/** @param {ts.Symbol} symbol @param {ts.TypeChecker} checker @returns {string[]} */
function membersOf(symbol, checker) {
  const names = new Set();
  if (symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface)) {
    for (const member of symbol.members?.values() ?? []) if (isPublic(member)) names.add(memberName(member));
    if (symbol.flags & ts.SymbolFlags.Class) {
      for (const member of symbol.exports?.values() ?? [])
        if (isPublic(member)) names.add(`static ${member.getName()}`);
    }
  } else if (symbol.flags & ts.SymbolFlags.TypeAlias) {
    const declaration = symbol.declarations?.find(ts.isTypeAliasDeclaration);
    if (declaration && ts.isTypeLiteralNode(declaration.type)) {
      for (const member of checker.getTypeAtLocation(declaration).getProperties())
        names.add(memberName(member));
    }
  }
  return [...names].filter((name) => name !== 'static prototype').sort();
}

/** @param {ts.Symbol} member */
function isPublic(member) {
  if (member.getName().startsWith('__') && member.getName() !== '__call') return false;
  if (member.flags & (ts.SymbolFlags.TypeParameter | ts.SymbolFlags.Signature)) return false;
  return !member.declarations?.some((declaration) => {
    const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
    const named = /** @type {ts.NamedDeclaration} */ (declaration).name;
    return ts.getCombinedModifierFlags(declaration) & hidden || (named && ts.isPrivateIdentifier(named));
  });
}

/** @param {ts.Symbol} member */
function memberName(member) {
  return `${member.getName()}${member.flags & ts.SymbolFlags.Optional ? '?' : ''}`;
}
