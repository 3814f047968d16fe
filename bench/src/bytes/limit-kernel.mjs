/**
 * The limit of a kernel: reads and calls over fetch, a `Map` of what was read, listeners, and what a call made stale
 * is read again. No order of answers, no retries, no errors to speak of, no optimistic changes.
 */
export const kernel = `
const held = new Map();
const listeners = new Map();
const ask = async (path, init) => {
  const answer = await fetch('/api/mizan/' + path, init);
  const body = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(body.error.message), body.error);
  return body;
};
const load = async (address) => {
  const data = await ask('ctx/' + address);
  held.set(address, data);
  for (const listener of listeners.get(address) ?? []) listener(data);
  return data;
};
const addressOf = (name, params) =>
  name + Object.keys(params).sort().map((key, at) => (at ? '&' : '?') + key + '=' + encodeURIComponent(params[key])).join('');
export const context = (name) => ({
  read: async (params) => held.get(addressOf(name, params)) ?? load(addressOf(name, params)),
  watch(params, listener) {
    const address = addressOf(name, params);
    const own = listeners.get(address) ?? new Set();
    listeners.set(address, own.add(listener));
    load(address);
    return () => own.delete(listener);
  },
});
export const call = (fn) => async (args) => {
  const headers = { 'Content-Type': 'application/json' };
  const { result, invalidate } = await ask('call/', { method: 'POST', headers, body: JSON.stringify({ fn, args }) });
  for (const entry of invalidate) {
    const scope = entry.split('@')[0];
    for (const address of held.keys())
      if (address.startsWith(scope)) listeners.get(address)?.size ? load(address) : held.delete(address);
  }
  return result;
};
`;
