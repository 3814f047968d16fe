import { createHash } from 'node:crypto';
import type { Contract } from './contract.ts';
import { printContract } from './print.ts';

/**
 * SHA-256, in 64 hex digits, of the contract as clients see it, without documentation (IR-HASH). Private
 * functions do not change it, so that a client made from `GET /contract/` agrees with one made from a file.
 */
export function contractHash(contract: Contract): string {
  return createHash('sha256')
    .update(printContract(contract, { private: false, docs: false }))
    .digest('hex');
}

/** The first 16 hex digits of the contract's hash: the value of `X-Mizan-Contract`. */
export function contractId(contract: Contract): string {
  return contractHash(contract).slice(0, 16);
}
