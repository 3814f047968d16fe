import { sizedContract } from '../api/sized-contract.mjs';

/** The limit of printing a contract: printing it as JSON. @param {number} size */
export function prepare(size) {
  const contract = sizedContract(size);
  return (/** @type {number} */ times) => {
    let length = 0;
    for (let at = 0; at < times; at += 1) length += JSON.stringify(contract).length;
    return length;
  };
}
