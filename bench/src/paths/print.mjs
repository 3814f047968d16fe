import { printContract } from '@mizan/core';
import { sizedContract } from '../api/sized-contract.mjs';

/** The canonical text of a contract. @param {number} size */
export function prepare(size) {
  const contract = sizedContract(size);
  return (/** @type {number} */ times) => {
    let length = 0;
    for (let at = 0; at < times; at += 1) length += printContract(contract).length;
    return length;
  };
}
