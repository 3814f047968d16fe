import type { HttpRequest } from '../outcome.ts';
import type { Random } from './random.ts';

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'];
const routes = [
  '/call/',
  '/call',
  '/call/?a=1',
  '/CALL/',
  '/call/x',
  '/session/',
  '/session',
  '/session/?x',
  '/contract/',
  '/ctx/',
  '/ctx',
  '/',
  '/nope/',
  '/ctx/account?accountId=5',
  '/ctx/account/?accountId=5',
  '/ctx/account//?accountId=5',
  '/ctx/account/accountProfile?accountId=5',
  '/ctx/account/accountProfile/?accountId=5',
  '/ctx/account/accountProfile/more?accountId=5',
  '/ctx/Account?accountId=5',
  '/ctx/account?accountId=5&accountId=5',
  '/ctx/account?&accountId=5',
  '/ctx/account?accountId=5&',
  '/ctx/account?accountId=5;limit=2',
  '/ctx/account?accountId=',
  '/ctx/account?accountId',
  '/ctx/account?accountId=+5',
  '/ctx/account?accountId=5%20',
  '/ctx/account?accountId=%35',
  '/ctx/fragile?group=%C3%A9',
  '/ctx/fragile?group=%c3%a9',
  '/ctx/fragile?group=%C3',
  '/ctx/fragile?group=%00',
  '/ctx/fragile?group=a%2Fb',
  '/ctx/fragile?group=a/b?c',
  '/ctx/fragile?group=',
  '/ctx/catalog?',
  '/ctx/catalog?$min=*',
  '/ctx/catalog?$min=k3.5',
  '/ctx/catalog?%24min=k3.5',
  '/ctx/catalog?$min=k3.5,k3.6',
  '/ctx/catalog?$min=',
];
/** No cookies: how a host defends what rides on them is its own affair. */
const headers: readonly Record<string, string>[] = [
  {},
  {},
  { 'if-none-match': '*' },
  { 'if-none-match': '"x"' },
  { 'if-none-match': 'W/"x", "y"' },
  { 'if-none-match': 'x' },
  { accept: 'text/html' },
  { 'accept-encoding': 'gzip' },
  { range: 'bytes=0-3' },
  { 'x-mizan-contract': 'x' },
  { 'x-mizan-contract': '0123456789ABCDEF' },
  { 'x-http-method-override': 'DELETE' },
  { origin: 'https://elsewhere.example' },
  { 'sec-fetch-site': 'cross-site' },
  { 'content-type': 'Application/JSON' },
  { 'content-type': 'application/json; charset=latin1' },
  { 'content-type': 'application/json ;charset="utf-8"' },
  { 'content-type': 'application/json,text/plain' },
  { 'content-type': 'application/problem+json' },
  { 'content-type': 'application/x-www-form-urlencoded' },
];

/** A request as anybody may send it, mostly none of the protocol's. */
export function makePlain(random: Random): HttpRequest {
  const path = random.pick(routes);
  const method = random.chance(0.5) ? (path.startsWith('/call') ? 'POST' : 'GET') : random.pick(methods);
  const empty = method === 'GET' || method === 'HEAD' || random.chance(0.2);
  const body = empty ? undefined : random.pick(['{"fn":"echoCurrency"}', '{}', 'a=b', '']);
  return { method, path, headers: random.pick(headers), ...(body === undefined ? {} : { body }) };
}
