import { pascalFromCamel } from '../../kernel/name-space.ts';
import type { Target } from '../../kernel/target.ts';
import { ClientPrinter } from '../typescript/client-printer.ts';
import { printString } from '../typescript/literal.ts';
import type { Named } from '../typescript/module-file.ts';
import { printConst } from '../typescript/print-const.ts';
import { type AfterMember, printContext } from '../typescript/print-files.ts';
import { printClient } from '../typescript/target.ts';

/** The TypeScript target over `@mizan/react`: contexts are components, and each member has two hooks beside it. */
export const reactTarget: Target = {
  name: 'react',
  runtime: '@mizan/react',
  check(model) {
    return model.contexts.flatMap(({ decl }) =>
      decl.params
        .filter(({ name }) => notProps.includes(name))
        .map(({ name }) => {
          const place = model.sources.contexts?.[decl.name];
          const where = place ? `${place.path}:${place.line}  ` : '';
          return `${where}${decl.name}: a parameter "${name}" cannot be a React prop; rename it`;
        }),
    );
  },
  print(model, options) {
    const client = new ClientPrinter(model, this.runtime, options);
    const hooks = resolveHooks(client);
    const afterMember: AfterMember = (file, member, { doc, params, result }) => {
      const context = (client.names.contexts.get(member.context as string) as Named).name;
      for (const { create, generic, name } of hooks.get(member.name) ?? []) {
        file.add(
          doc +
            printConst({
              name,
              generic: file.use(client.runtimeType(generic)),
              args: [params, result],
              create: file.use(client.runtime(create)),
              values: [context, printString(member.name)],
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

/** Props that React keeps for itself, or that mean something else to every component. */
const notProps = ['children', 'key', 'ref'];

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
