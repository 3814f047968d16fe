import type { FunctionDecl } from '@mizan/core';
import type { ContextModel, TypeModel } from '../../kernel/model.ts';
import type { OutputFile } from '../../kernel/target.ts';
import { type ClientPrinter, type Direction, isOptional } from './client-printer.ts';
import { printJson, printString } from './literal.ts';
import { HEADER, type ModuleFile, type Named } from './module-file.ts';
import { compareNatural } from './natural-order.ts';
import { type Option, printAlias, printConst } from './print-const.ts';
import { printAfter, type TypeText, word } from './type-text.ts';

/** `types.ts`: the named types. */
export function printTypes(client: ClientPrinter): OutputFile | undefined {
  if (client.model.types.length === 0) return undefined;
  const file = client.file('types.ts');
  for (const type of client.model.types) {
    const direction = type.output ? 'output' : 'input';
    file.add(printType(client, file, type, client.names.types.get(type.decl.name) as Named, direction));
    const input = client.names.inputs.get(type.decl.name);
    if (input) file.add(printType(client, file, type, input, 'input'));
  }
  return file.finish();
}

function printType(
  client: ClientPrinter,
  file: ModuleFile,
  { decl }: TypeModel,
  { name }: Named,
  direction: Direction,
): string {
  const doc = client.doc(decl, client.model.sources.types?.[decl.name]);
  if (decl.type.kind === 'struct') return doc + client.interface(file, name, decl.type.fields, direction);
  return `${doc}${printAfter(`export type ${name} =`, client.type(file, decl.type, direction), 0, ';')}\n`;
}

/** `errors.ts`: the declared errors, and for each function that declares some what it throws. */
export function printErrors(client: ClientPrinter): OutputFile | undefined {
  const { errors } = client.model;
  const throwing = functionsOf(client).filter((fn) => fn.errors.length > 0);
  if (errors.length === 0) return undefined;
  const file = client.file('errors.ts');
  const base = file.use(client.runtimeType('MizanError'));
  for (const error of errors) {
    const name = (client.names.errors.get(error.name) as Named).name;
    const details = client.names.details.get(error.name);
    const doc = client.doc(error, client.model.sources.errors?.[error.name]);
    const shape: TypeText = details ? word(details.name) : { kind: 'map', value: word('never') };
    file.add(doc + printAlias(name, base, [word(printString(error.name)), shape]));
    if (details) file.add(client.interface(file, details.name, error.fields, 'output'));
  }
  for (const fn of throwing) {
    const union = client.names.unions.get(fn.name) as Named;
    const arms = [...fn.errors]
      .sort(compareNatural)
      .map((error) => word((client.names.errors.get(error) as Named).name));
    const doc = `/** What \`${(client.names.functions.get(fn.name) as Named).name}\` fails with. */\n`;
    const type: TypeText = { kind: 'union', arms: [...arms, word(base)] };
    file.add(`${doc}${printAfter(`export type ${union.name} =`, type, 0, ';')}\n`);
  }
  return file.finish();
}

/** `calls.ts`: mutations and plain calls. */
export function printCalls(client: ClientPrinter): OutputFile | undefined {
  if (client.model.calls.length === 0) return undefined;
  const file = client.file('calls.ts');
  const plain = client.model.calls.filter((fn) => fn.merge.length === 0);
  if (plain.length > 0) file.add(printSend(client, file));
  for (const fn of client.model.calls) {
    const args = client.names.args.get(fn.name);
    if (args) file.add(client.interface(file, args.name, fn.input, 'input', true));
    const { name } = client.names.functions.get(fn.name) as Named;
    const taken = args ? optionalWhenEmpty(client, file, word(args.name), fn.input) : word('void');
    file.add(
      client.doc(fn, client.model.sources.functions?.[fn.name]) +
        printConst({
          name,
          generic: file.use(client.runtimeType('Call')),
          args: [taken, client.type(file, fn.output, 'output'), ...errorArg(client, file, fn)],
          ...(fn.merge.length > 0
            ? {
                create: file.use(client.runtime('call')),
                values: [
                  printString(fn.name),
                  file.use(client.names.contract),
                  file.use(client.runtime('merge')),
                ],
              }
            : { create: client.names.send.name, values: [printString(fn.name)] }),
        }),
    );
  }
  return file.finish();
}

/**
 * A function of the module's own that every call goes through. To find the type of an import, a compiler walks back
 * over all constants before its use, which would make a module of so many constants a matter of their square.
 */
function printSend(client: ClientPrinter, file: ModuleFile): string {
  const create = file.use(client.runtime('call'));
  const contract = file.use(client.names.contract);
  const doc = '/** What every call of this client goes through: it names the contract. */\n';
  return `${doc}function ${client.names.send.name}(name: string) {\n  return ${create}(name, ${contract});\n}\n`;
}

/** What a context's file adds after each of its members. */
export type AfterMember = (
  file: ModuleFile,
  member: FunctionDecl,
  parts: { params: TypeText; result: TypeText; doc: string },
) => void;

/** The file of one context: its parameters, its bundle, the context itself, its members. */
export function printContext(
  client: ClientPrinter,
  context: ContextModel,
  kind: { type: string; directive?: string; afterMember?: AfterMember },
): OutputFile {
  const { decl, members } = context;
  const self = client.names.contexts.get(decl.name) as Named;
  const bundle = client.names.bundles.get(decl.name) as Named;
  const named = client.names.params.get(decl.name);
  const file = client.file(self.from);
  if (named) file.add(client.interface(file, named.name, decl.params, 'input', true));
  const params = word(named ? named.name : file.use(client.runtimeType('NoParams')));
  const read = decl.params.some((param) => !isOptional(param, 'input'))
    ? []
    : [optional(client, file, params)];
  const results = members.map((member) => client.type(file, member.output, 'output'));
  const lines = members.map((member, at) => printAfter(`  ${member.name}:`, results[at] as TypeText, 2, ';'));
  file.add(`export interface ${bundle.name} {\n${lines.join('\n')}\n}\n`);
  const options = contextOptions(client, file, context);
  file.add(
    client.doc(decl, client.model.sources.contexts?.[decl.name]) +
      printConst({
        name: self.name,
        generic: file.use(client.runtimeType(kind.type)),
        args: [params, word(bundle.name), ...read],
        create: file.use(client.runtime('context')),
        values: [printString(decl.name), file.use(client.names.contract)],
        ...(options.length > 0 && { options }),
      }),
  );
  members.forEach((member, at) => {
    const result = results[at] as TypeText;
    const doc = client.doc(member, client.model.sources.functions?.[member.name]);
    file.add(
      doc +
        printConst({
          name: (client.names.functions.get(member.name) as Named).name,
          generic: file.use(client.runtimeType('Member')),
          args: [params, result, ...read],
          create: file.use(client.runtime('member')),
          values: [self.name, printString(member.name)],
        }),
    );
    kind.afterMember?.(file, member, { params, result, doc });
  });
  return file.finish(kind.directive);
}

function contextOptions(client: ClientPrinter, file: ModuleFile, { decl }: ContextModel): Option[] {
  const options: Option[] = [];
  if (decl.params.some((param) => !isOptional(param, 'input')))
    options.push({ key: 'required', value: 'true' });
  if (decl.cacheClass === 'user') options.push({ key: 'user', value: 'true' });
  const defaults = decl.params.flatMap(({ name, default: value }) =>
    value === undefined || value === null ? [] : [{ key: name, value: printJson(value) }],
  );
  if (defaults.length > 0) options.push({ key: 'defaults', value: defaults });
  const forms = decl.params.flatMap(({ name, type }) => {
    const { kind } = type.kind === 'nullable' ? type.of : type;
    return kind === 'datetime' || kind === 'uuid'
      ? [{ key: name, value: file.use(client.runtime(kind)) }]
      : [];
  });
  if (forms.length > 0) options.push({ key: 'forms', value: forms });
  return options;
}

/** `contract.ts`: the name of the contract, which every call sends along. */
export function printContractFile(client: ClientPrinter): OutputFile {
  const file = client.file('contract.ts');
  const { name } = client.names.contract;
  file.add(
    `/** Names the contract that this code was generated from. */\nexport const ${name} = '${client.model.id}';\n`,
  );
  return file.finish();
}

/** `index.ts`: everything, in one place to import from. Modules that hold types only are none at run time. */
export function printIndex(client: ClientPrinter, files: readonly OutputFile[]): OutputFile {
  const lines = files
    .map(({ path }) => ({
      specifier: client.specifier(path),
      isType: path === 'types.ts' || path === 'errors.ts',
    }))
    .sort((a, b) => compareNatural(a.specifier, b.specifier))
    .map(({ isType, specifier }) => `export ${isType ? 'type ' : ''}* from '${specifier}';\n`);
  return { path: 'index.ts', text: `${HEADER}\n${lines.join('')}` };
}

function errorArg(client: ClientPrinter, file: ModuleFile, fn: FunctionDecl): TypeText[] {
  const union = client.names.unions.get(fn.name);
  return union ? [word(file.use(union))] : [];
}

function optionalWhenEmpty(
  client: ClientPrinter,
  file: ModuleFile,
  type: TypeText,
  fields: FunctionDecl['input'],
): TypeText {
  return fields.some((field) => !isOptional(field, 'input')) ? type : optional(client, file, type);
}

function optional(client: ClientPrinter, file: ModuleFile, type: TypeText): TypeText {
  return {
    kind: 'word',
    text: `${file.use(client.runtimeType('Optional'))}<${(type as { text: string }).text}>`,
  };
}

function functionsOf(client: ClientPrinter): FunctionDecl[] {
  return [...client.model.contexts.flatMap((context) => context.members), ...client.model.calls];
}
