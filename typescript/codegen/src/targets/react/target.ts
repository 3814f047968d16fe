import { pascalFromCamel } from '../../kernel/name-space.ts';
import type { Target } from '../../kernel/target.ts';
import { ClientPrinter } from '../typescript/client-printer.ts';
import type { Named } from '../typescript/module-file.ts';
import { printConst } from '../typescript/print-const.ts';
import { type AfterMember, printContext } from '../typescript/print-files.ts';
import { printClient } from '../typescript/target.ts';

/** The TypeScript target over `@mizan/react`: contexts are components, and each member has two hooks beside it. */
export const reactTarget: Target = {
  name: 'react',
  runtime: '@mizan/react',
  print(model, options) {
    const client = new ClientPrinter(model, this.runtime, options);
    const hooks = resolveHooks(client);
    const afterMember: AfterMember = (file, member, params, result) => {
      const read = (client.names.functions.get(member.name) as Named).name;
      for (const { create, generic, name } of hooks.get(member.name) ?? []) {
        file.add(
          client.doc(member, client.model.sources.functions?.[member.name]) +
            printConst({
              name,
              generic: file.use(client.runtimeType(generic)),
              args: [params, result],
              create: file.use(client.runtime(create)),
              values: [read],
            }),
        );
      }
    };
    const contexts = model.contexts.map((context) =>
      printContext(client, context, { type: 'ContextComponent', directive: "'use client';", afterMember }),
    );
    return printClient(client, contexts);
  },
};

interface HookName {
  name: string;
  generic: string;
  create: string;
}

function resolveHooks(client: ClientPrinter): Map<string, HookName[]> {
  const members = client.model.contexts.flatMap((context) => context.members);
  const hooks = new Map<string, HookName[]>();
  const add = (member: string, suffix: string, generic: string, create: string) => {
    const name = client.names.space.take(`use${pascalFromCamel(member)}${suffix}`);
    hooks.set(member, [...(hooks.get(member) ?? []), { name, generic, create }]);
  };
  // All plain hooks before all others: `useUserState` belongs to a member `userState` rather than to `user`.
  for (const { name } of members) add(name, '', 'Hook', 'hook');
  for (const { name } of members) add(name, 'State', 'StateHook', 'stateHook');
  return hooks;
}
