import { sizedContract } from '../api/sized-contract.mjs';
import { workFolder } from '../work-folder.mjs';
import { sizeOf } from './size-of.mjs';

/**
 * Gzipped bytes of the same app with each peer, as its documentation writes it: reads by hook, writes that invalidate.
 *
 * @param {number} functions
 */
export async function sizesOfPeerApps(functions) {
  const { functions: all } = sizedContract(functions);
  const reads = all.filter(({ context }) => context);
  const writes = all.filter(({ context }) => !context);
  const folder = workFolder('bytes-peers');
  /** @param {string} head @param {(fn: typeof all[0]) => string} read @param {(fn: typeof all[0]) => string} write */
  const app = (head, read, write) =>
    sizeOf(
      `${head}\n${reads.map((fn) => `export const use_${fn.name} = (input) => ${read(fn)};`).join('\n')}
       ${writes.map((fn) => `export const use_${fn.name} = () => ${write(fn)};`).join('\n')}
       globalThis.app = [${all.map(({ name }) => `use_${name}`).join(', ')}];`.replaceAll(
        'export const',
        'const',
      ),
      folder,
    );
  const ask = `const ask = async (name, input) => {
    const answer = await fetch('/api/' + name, { method: 'POST', body: JSON.stringify(input) });
    if (!answer.ok) throw new Error(answer.statusText);
    return answer.json();
  };`;
  const touched = (/** @type {typeof all[0]} */ fn) => fn.affects[0]?.context ?? 'none';
  return {
    swr: await app(
      `import useSWR, { SWRConfig, useSWRConfig } from 'swr';
       import useSWRMutation from 'swr/mutation';
       ${ask} globalThis.kept = [SWRConfig, useSWRConfig];`,
      ({ name, context }) => `useSWR(['${context}', '${name}', input], () => ask('${name}', input))`,
      (fn) => `useSWRMutation('${touched(fn)}', (key, { arg }) => ask('${fn.name}', arg))`,
    ),
    tanstack: await app(
      `import { QueryClient, QueryClientProvider, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
       ${ask} globalThis.kept = [QueryClient, QueryClientProvider];`,
      ({ name, context }) =>
        `useQuery({ queryKey: ['${context}', '${name}', input], queryFn: () => ask('${name}', input) })`,
      (
        fn,
      ) => `{ const client = useQueryClient(); return useMutation({ mutationFn: (input) => ask('${fn.name}', input),
        onSuccess: () => client.invalidateQueries({ queryKey: ['${touched(fn)}'] }) }); }`,
    ),
    'trpc+tanstack': await app(
      `import { QueryClient, QueryClientProvider, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
       import { createTRPCClient, httpBatchLink } from '@trpc/client';
       import { createTRPCContext } from '@trpc/tanstack-react-query';
       const { TRPCProvider, useTRPC } = createTRPCContext();
       globalThis.kept = [QueryClient, QueryClientProvider, TRPCProvider, createTRPCClient, httpBatchLink];`,
      ({ name, context }) => `useQuery(useTRPC().${context}.${name}.queryOptions(input))`,
      (fn) => `{ const client = useQueryClient(); const trpc = useTRPC();
        return useMutation(trpc.${fn.name}.mutationOptions({
          onSuccess: () => client.invalidateQueries(trpc.${touched(fn)}.pathFilter()) })); }`,
    ),
  };
}
