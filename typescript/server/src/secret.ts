import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { LIMITS } from '@mizan/core';
import type { Log } from './log.ts';

/**
 * The key that signs: the first secret, or a random one that lives as long as the process. It is made when it
 * is first needed, because some runtimes have nothing random before the first request.
 */
export function signingKey(
  secret: string | readonly string[] | undefined,
  needed: boolean,
  log: Log,
): () => KeyObject {
  const given = secret === undefined ? [] : typeof secret === 'string' ? [secret] : secret;
  for (const text of given) {
    const bytes = Buffer.byteLength(text);
    if (bytes < LIMITS.secretBytes)
      throw new TypeError(
        `The secret has ${bytes} bytes, it needs ${LIMITS.secretBytes}: make one with openssl rand -base64 32`,
      );
  }
  const [first] = given;
  if (first === undefined && needed)
    log({
      level: 'warn',
      event: 'secret',
      message:
        'no secret is set: clients forget what they hold whenever another process answers; pass secret, made with openssl rand -base64 32',
    });
  let key: KeyObject | undefined;
  return () => {
    key ??= createSecretKey(first === undefined ? randomBytes(LIMITS.secretBytes) : Buffer.from(first));
    return key;
  };
}
