import { createMizan, identity, type Mizan } from '@mizan/server';
import * as modules from './app/index.ts';
import { world } from './app/world.ts';
import { mistakes } from './mistakes.ts';
import type { Settings } from './settings.ts';

/** The fixture on the TypeScript server, with the settings of the handshake. */
export function createTestee(settings: Settings): Mizan {
  const faulty = (settings.mistakes ?? []).map((name) => mistakes[name]?.() ?? {});
  return createMizan({
    modules: [...Object.values(modules), ...faulty],
    identify: (request) => readIdentity(request.headers.get('x-test-identity') ?? ''),
    secret: settings.secret,
    development: settings.development,
    clock: () => world.now,
    ...(settings.epoch === null ? {} : { epoch: () => settings.epoch as string }),
    ...(settings.contracts === null ? {} : { contracts: settings.contracts }),
    ...(settings.transaction === 'atomic'
      ? { transaction: (run) => world.transaction(() => run(undefined)) }
      : {}),
    limits: settings.limits,
    log: (entry) => console.error(JSON.stringify(entry)),
  });
}

/** `ID`, `ID;staff`, `ID;staff;superuser`; an empty text is nobody. */
export function readIdentity(text: string): ReturnType<typeof identity> | null {
  const [id, ...marks] = text.split(';');
  if (!id) return null;
  return identity({ id, staff: marks.includes('staff'), superuser: marks.includes('superuser') });
}
