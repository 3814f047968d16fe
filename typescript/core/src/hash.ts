export {
  cacheKey,
  cacheKeyLines,
  etag,
  identityHash,
  type KeyIdentity,
  type KeyParts,
  partHash,
  type Secret,
  tag,
  tags,
} from './cache-key.ts';
export { contractHash, contractId } from './contract-hash.ts';
