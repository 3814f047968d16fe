import { addressOf } from './address.ts';
import type { Lay } from './client.ts';
import { attempt, hasValue } from './data.ts';
import type { Definition, Params } from './definition.ts';
import type { Instance, Layer } from './instance.ts';

/** An expected change of one member, in all instances that agree with the parameters. */
export function patch(def: Definition, params: Params, change: Layer['change']): Lay {
  const scope = addressOf(def, params, true);
  return (client) => {
    const layer: Layer = { member: def.member as string, change, end: 0 };
    const laid: Instance[] = [];
    client.covered(scope, (instance) => {
      instance.layers = [...(instance.layers ?? []), layer];
      instance.relay = relay;
      laid.push(instance);
    });
    laid.forEach(client.touch);
    return (failure) => {
      layer.end = failure ? 2 : 1;
      laid.forEach(client.touch);
    };
  };
}

/** Shows the server's data under all changes that are still expected. */
function relay(instance: Instance): void {
  const { base, stale } = instance;
  const layers = (instance.layers ?? []).filter(({ end }) => end < (stale ? 2 : 1));
  const data = { ...base };
  instance.layers = layers;
  instance.data = base && layers[0] ? data : base;
  for (const { member, change } of layers)
    attempt(() => {
      if (hasValue(data, member)) data[member] = change(data[member] as never);
    });
}
