const schemas = `import { z } from 'zod';
const id = z.int();
const name = z.string();
`;

/** The schemas of that function alone, as each library is given them. */
export const schemasAlone = {
  mizan: `${schemas}export const all = [{ id }, name];\n`,
  peers: `${schemas}export const all = [z.object({ id }), name];\n`,
};

/** A server of one function with each library, to see what importing it costs by itself. */
export const smallServers = {
  mizan: `${schemas}import { client, createMizan } from '@mizan/server';
const nameOf = client({ input: { id }, output: name }, ({ id }) => String(id));
export const mizan = createMizan({ modules: [{ nameOf }] });
`,
  trpc: `${schemas}import { initTRPC } from '@trpc/server';
const t = initTRPC.create();
export const router = t.router({
  nameOf: t.procedure.input(z.object({ id })).output(name).query(({ input }) => String(input.id)),
});
`,
  orpc: `${schemas}import { os } from '@orpc/server';
export const router = { nameOf: os.input(z.object({ id })).output(name).handler(({ input }) => String(input.id)) };
`,
};
