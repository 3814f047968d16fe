export { contractHash, contractId } from './contract-hash.ts';
