import type { OutputFile, Target } from '../../kernel/target.ts';
import { ClientPrinter } from './client-printer.ts';
import {
  printCalls,
  printContext,
  printContractFile,
  printErrors,
  printIndex,
  printTypes,
} from './print-files.ts';

/** Plain functions over `@mizan/client`. */
export const typescriptTarget: Target = {
  name: 'typescript',
  runtime: '@mizan/client',
  print(model, options) {
    const client = new ClientPrinter(model, this.runtime, options);
    const contexts = model.contexts.map((context) => printContext(client, context, { type: 'Context' }));
    return printClient(client, contexts);
  },
};

/** The files of a client around those of its contexts. */
export function printClient(client: ClientPrinter, contexts: OutputFile[]): OutputFile[] {
  const files = [
    printTypes(client),
    printErrors(client),
    printCalls(client),
    printContractFile(client),
  ].filter((file) => file !== undefined);
  const all = [...contexts, ...files];
  return [...all, printIndex(client, all)];
}
