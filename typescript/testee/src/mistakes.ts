import { client, context } from '@mizan/server';
import { z } from 'zod';
import { accountProfile } from './app/accounts.ts';

/** Faulty declarations, one module each, added on request (conformance/app/README.md). */
export const mistakes: Record<string, () => object> = {
  clash: () => ({ echoBig: client({ output: z.int() }, () => 1) }),
  unknownContext: () => {
    const nowhereContext = context('nowhereContext', { input: { a: z.int() } });
    return { toNowhere: client({ affects: nowhereContext }, () => {}) };
  },
  contextParam: () => {
    const ListedContext = context('listed', { input: { ids: z.array(z.int()) } });
    return {
      ListedContext,
      listedSum: client({ context: ListedContext, output: z.int() }, ({ ids }) => ids.length),
    };
  },
  mergeType: () => ({
    mergeWrong: client(
      { merge: accountProfile, input: { accountId: z.int() }, output: z.string() },
      () => 'x',
    ),
  }),
  wireless: () => ({ wireless: client({ input: { when: z.map(z.string(), z.int()) } }, () => {}) }),
};
