import type { FunctionDefinition } from './define.ts';
import { isPromise } from './maybe.ts';
import { type Announcer, RequestState } from './request.ts';

const announcers = new WeakMap<FunctionDefinition, Set<WeakRef<Announcer>>>();

/** Lets direct calls of a function announce through a server. */
export function attachAnnouncer(definition: FunctionDefinition, announcer: Announcer): void {
  const known = announcers.get(definition);
  if (known) known.add(new WeakRef(announcer));
  else announcers.set(definition, new Set([new WeakRef(announcer)]));
}

/**
 * Calls the handler as it was written: no guard, no validation. What it makes stale joins the answer under way
 * when the request is given, else it is announced when the handler has ended, thrown or not.
 */
export function callDirectly(
  definition: FunctionDefinition,
  self: unknown,
  args: unknown,
  req: unknown,
): unknown {
  const joined = req instanceof RequestState ? req : undefined;
  if (joined !== undefined) refuseInRead(definition, joined);
  const request = joined ?? (req as RequestState | undefined) ?? standAlone(definition);
  const end = (result: unknown): unknown =>
    joined ? join(definition, joined, args, result) : announceAlone(definition, request, args, result);
  let result: unknown;
  try {
    result = definition.handler.call(self, args as never, request as never);
  } catch (error) {
    end(undefined);
    throw error;
  }
  if (!isPromise(result)) {
    end(result);
    return result;
  }
  return result.then(
    async (value) => {
      await end(value);
      return value;
    },
    async (error: unknown) => {
      await end(undefined);
      throw error;
    },
  );
}

function standAlone(definition: FunctionDefinition): RequestState {
  const [first] = serversOf(definition);
  const request = new RequestState(undefined, first);
  request.pending = [];
  return request;
}

function join(definition: FunctionDefinition, request: RequestState, args: unknown, result: unknown): void {
  if (request.server !== undefined) request.add(request.server.declaredScopes(definition, args, result));
}

/** A read has no list to join, and reading changes nothing (INV-5). */
function refuseInRead(definition: FunctionDefinition, request: RequestState): void {
  const { affects, merge } = definition.options;
  if (request.pending === null && !request.ended && (affects !== undefined || merge !== undefined))
    throw new Error('A mutation was called with the request of a read: only a call may make something stale');
}

function announceAlone(
  definition: FunctionDefinition,
  request: RequestState,
  args: unknown,
  result: unknown,
): unknown {
  const pending = request instanceof RequestState ? (request.pending ?? []) : [];
  const work = serversOf(definition).map((server) => {
    const scopes = [...server.declaredScopes(definition, args, result), ...pending];
    return scopes.length === 0 ? undefined : server.announce(scopes);
  });
  return work.some(isPromise) ? Promise.all(work) : undefined;
}

function serversOf(definition: FunctionDefinition): Announcer[] {
  const known = announcers.get(definition);
  if (!known) return [];
  const alive: Announcer[] = [];
  for (const reference of known) {
    const server = reference.deref();
    if (server) alive.push(server);
    else known.delete(reference);
  }
  return alive;
}
