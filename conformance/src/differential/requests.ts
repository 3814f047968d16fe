import type { Node } from '@bgotink/kdl';
import type { Fixture } from '../contract.ts';
import type { HttpRequest } from '../outcome.ts';
import { makePlain } from './plain.ts';
import type { Random } from './random.ts';
import { makeObject } from './values.ts';

/** A generated request, in a form that every driver can send. */
export type Generated =
  | { kind: 'call'; fn: string; args: unknown; as: string; contract: string; shows?: unknown }
  | { kind: 'fetch'; address: string; as: string; contract: string }
  | { kind: 'body'; text: string; contentType: string }
  | { kind: 'plain'; request: HttpRequest };

/** Instruments and functions whose answer hangs on what ran before in another order. */
const left = new Set(['reset', 'steer', 'release', 'setClock']);
const identities = ['', '', '5', '7;staff', '1;staff;superuser'];
const contracts = ['', '', '', '0123456789abcdef'];

/** Makes one request; about a third are broken somewhere. */
export function makeRequest(fixture: Fixture, random: Random): Generated {
  const broken = random.chance(0.35) ? 0.15 : 0;
  const around = { as: random.pick(identities), contract: random.pick(contracts) };
  const roll = random.next();
  if (roll < 0.62) return { kind: 'call', ...makeCall(fixture, random, broken), ...around };
  if (roll < 0.92) return { kind: 'fetch', address: makeAddress(fixture, random, broken), ...around };
  if (roll < 0.97) return makeBody(fixture, random);
  return { kind: 'plain', request: makePlain(random) };
}

function makeCall(
  fixture: Fixture,
  random: Random,
  broken: number,
): { fn: string; args: unknown; shows?: unknown } {
  const usable = fixture.functions.filter(({ name }) => !left.has(name));
  const chosen = random.pick(usable);
  const fn = random.chance(broken / 4)
    ? random.pick(['nope', '', 'constructor', 'EchoBig', 'echo_big'])
    : chosen.name;
  const args = random.chance(broken / 4)
    ? random.pick([[], null, 'x', 7])
    : makeObject(chosen.input, fixture, random, broken);
  if (!random.chance(0.25)) return { fn, args };
  const shows = Array.from({ length: random.below(5) }, () => makeAddress(fixture, random, broken));
  return { fn, args, shows };
}

function makeAddress(fixture: Fixture, random: Random, broken: number): string {
  const [name, params] = random.pick([...fixture.contexts]);
  const members = fixture.functions.filter(({ context }) => context === name).map((member) => member.name);
  const path = random.chance(0.2)
    ? `${name}/${random.pick([...members, ...(broken > 0 ? ['nope'] : [])])}`
    : name;
  const values = makeObject(params, fixture, random, broken);
  const pieces = Object.entries(values)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => `${key}=${encode(value, params.get(key)?.type, random, broken)}`);
  if (pieces.length === 0) return path;
  return `${path}?${pieces.join('&')}`;
}

function encode(value: unknown, type: Node | undefined, random: Random, broken: number): string {
  const text = typeof value === 'object' ? 'x' : canonical(String(value), type?.getName());
  const safe = encodeURIComponent(Buffer.from(text).toString()).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return random.chance(broken / 2)
    ? random.pick([safe.toLowerCase(), `${safe}+`, `${safe}%`, safe.replaceAll('%', '%25'), `%${safe}`])
    : safe;
}

const canonical = (text: string, kind: string | undefined): string =>
  kind === 'uuid' ? text.toLowerCase() : text;

function makeBody(fixture: Fixture, random: Random): Generated {
  // Only http can say these: a write among them would put the testees apart.
  const echo = random.pick(fixture.functions.filter(({ name }) => name.startsWith('echo')));
  const good = JSON.stringify({ fn: echo.name, args: makeObject(echo.input, fixture, random, 0) });
  const contentType = random.chance(0.8)
    ? 'application/json'
    : random.pick(['text/plain', '', 'application/json;charset=utf-8', 'multipart/form-data']);
  const at = random.below(good.length);
  const text = random.pick([
    good.slice(0, at),
    `${good.slice(0, at)}\u0000${good.slice(at)}`,
    `${good}x`,
    good.replace('{', '{"fn":1,'),
    good.replace(/[0-9]+/, '1e999'),
    good.replace(/[0-9]+/, '-0'),
    good.replace(/[0-9]+/, '1.0'),
    good.replace(/[0-9]+/, '00'),
    good.replace('"args"', '"Args"'),
    '[]',
    'null',
    '"x"',
    '',
    `${'['.repeat(70)}${']'.repeat(70)}`,
    good.replace(/"([a-z])/, '"\\u0000$1'),
    good.replace(/:"/, ':"\\ud800'),
    ` \t\n${good}\r\n`,
    good.replace('{', '{"args":{},'),
    good.replaceAll('"', "'"),
  ]);
  return { kind: 'body', text, contentType };
}
