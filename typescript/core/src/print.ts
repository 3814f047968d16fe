import { compareText } from './compare-text.ts';
import type {
  Affects,
  ContextDecl,
  Contract,
  ErrorDecl,
  Field,
  FunctionDecl,
  Merge,
  ScopeParam,
  TypeDecl,
} from './contract.ts';
import { printNumber, printString } from './print-text.ts';
import { printType, printValue } from './print-type.ts';
import { contextPart, visibleContract } from './visible.ts';

/** What a printed contract holds beside what clients need. */
export interface PrintOptions {
  /** Private functions, and all that only they reach. Default true. */
  private?: boolean;
  /** Documentation and deprecation. Default true. */
  docs?: boolean;
}

/**
 * The one canonical text of a contract (IR-CANON): equal contracts give equal bytes, in whatever order their
 * lists are. Pure; throws a `RangeError` only for what no document can hold (a lone surrogate, NaN).
 */
export function printContract(contract: Contract, options: PrintOptions = {}): string {
  const docs = options.docs ?? true;
  const { contexts, errors, functions, types } =
    (options.private ?? true) ? contract : visibleContract(contract);
  const nodes = [
    ...byName(contexts).map((context) => printContext(context, docs)),
    ...byName(errors).map((error) => printError(error, docs)),
    ...byName(functions).map((fn) => printFunction(fn, docs)),
    ...byName(types).map((type) => printTypeDecl(type, docs)),
  ];
  return nodes.length === 0 ? 'mizan protocol=1\n' : `mizan protocol=1 {\n${nodes.join('')}}\n`;
}

/** The canonical text of what shapes a context's answers, without documentation: a cache key's `part` is its hash (IR-PART). */
export function printContextPart(contract: Contract, context: string): string {
  return printContract(contextPart(contract, context), { docs: false });
}

function printContext(context: ContextDecl, docs: boolean): string {
  const head = `context ${printString(context.name)} cache=${
    context.cache === undefined ? '#null' : printNumber(context.cache)
  } class="${context.cacheClass}" rev=${printNumber(context.rev)}`;
  const children =
    printDoc(context.doc, '    ', docs) +
    [...context.members]
      .sort(compareText)
      .map((name) => `    member ${printString(name)}\n`)
      .join('') +
    printFields('param', context.params, '    ', docs);
  return printBlock(head, children, '  ');
}

function printError(error: ErrorDecl, docs: boolean): string {
  const head = `error ${printString(error.name)} status=${printNumber(error.status)}`;
  const children = printDoc(error.doc, '    ', docs) + printFields('field', error.fields, '    ', docs);
  return printBlock(head, children, '  ');
}

function printFunction(fn: FunctionDecl, docs: boolean): string {
  const head = `function ${printString(fn.name)} auth="${fn.auth}" context=${
    fn.context === undefined ? '#null' : printString(fn.context)
  } private=#${fn.private} stream=#${fn.stream} websocket=#${fn.websocket}`;
  const children =
    printAll(fn.affects, printAffects) +
    printDeprecated(fn.deprecated, '    ', docs) +
    printDoc(fn.doc, '    ', docs) +
    [...fn.errors]
      .sort(compareText)
      .map((name) => `    error ${printString(name)}\n`)
      .join('') +
    (fn.input.length === 0 ? '' : `    input {\n${printFields('field', fn.input, '      ', docs)}    }\n`) +
    printAll(fn.merge, printMerge) +
    `    output {\n${printType(fn.output, '      ')}    }\n`;
  return printBlock(head, children, '  ');
}

function printTypeDecl(decl: TypeDecl, docs: boolean): string {
  const children =
    printDeprecated(decl.deprecated, '    ', docs) +
    printDoc(decl.doc, '    ', docs) +
    (decl.type.kind === 'struct'
      ? printBlock('struct', printFields('field', decl.type.fields, '      ', docs), '    ')
      : printType(decl.type, '    '));
  return printBlock(`type ${printString(decl.name)}`, children, '  ');
}

function printFields(kind: 'field' | 'param', fields: readonly Field[], pad: string, docs: boolean): string {
  const inner = `${pad}  `;
  let out = '';
  for (const field of byName(fields)) {
    out +=
      `${pad}${kind} ${printString(field.name)} optional=#${field.optional} {\n` +
      (field.default === undefined ? '' : printValue('default', field.default, inner)) +
      printDeprecated(field.deprecated, inner, docs) +
      printDoc(field.doc, inner, docs) +
      `${printType(field.type, inner)}${pad}}\n`;
  }
  return out;
}

function printAffects(affects: Affects): string {
  const head = `affects ${printString(affects.context)} member=${
    affects.member === undefined ? '#null' : printString(affects.member)
  }`;
  return printBlock(head, printScope(affects.params), '    ');
}

function printMerge(merge: Merge): string {
  return printBlock(`merge ${printString(merge.function)}`, printScope(merge.params), '    ');
}

function printScope(params: readonly ScopeParam[]): string {
  return [...params]
    .sort((a, b) => compareText(a.param, b.param))
    .map(
      ({ param, from, field }) =>
        `      scope ${printString(param)} from="${from}" field=${printString(field)}\n`,
    )
    .join('');
}

/** Nodes without a name of their own are ordered by their text; what says the same thing twice is said once. */
function printAll<T>(items: readonly T[], print: (item: T) => string): string {
  return items.length === 0 ? '' : [...new Set(items.map(print))].sort(compareText).join('');
}

function printDoc(doc: string | undefined, pad: string, docs: boolean): string {
  return docs && doc ? `${pad}doc ${printString(doc)}\n` : '';
}

function printDeprecated(reason: string | undefined, pad: string, docs: boolean): string {
  return docs && reason !== undefined ? `${pad}deprecated ${printString(reason)}\n` : '';
}

function printBlock(head: string, children: string, pad: string): string {
  return children === '' ? `${pad}${head}\n` : `${pad}${head} {\n${children}${pad}}\n`;
}

function byName<T extends { name: string }>(items: readonly T[]): readonly T[] {
  return items.length < 2 ? items : [...items].sort((a, b) => compareText(a.name, b.name));
}
