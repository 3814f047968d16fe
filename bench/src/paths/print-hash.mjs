import { contractHash } from '@mizan/core/hash';
import { sizedContract } from '../api/sized-contract.mjs';

/** The hash of a contract, which prints it without its notes. @param {number} size */
export function prepare(size) {
  const contract = sizedContract(size);
  return (/** @type {number} */ times) => {
    let last = '';
    for (let at = 0; at < times; at += 1) last = contractHash(contract);
    return last;
  };
}
