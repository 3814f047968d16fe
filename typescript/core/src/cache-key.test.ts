import { describe, expect, it } from 'vitest';
import { readVectors } from '../test/read-vectors.ts';
import {
  cacheKey,
  cacheKeyLines,
  etag,
  identityHash,
  type KeyIdentity,
  partHash,
  tag,
  tags,
} from './hash.ts';

interface KeyVectors {
  keys: {
    name: string;
    secret: string;
    context: string;
    address: string;
    rev: number;
    part: string;
    identity?: KeyIdentity;
    lines: string;
    key: string;
    body: string;
    etag: string;
  }[];
  identities: { secret: string; id: string | null; hash: string }[];
  parts: { text: string; part: string }[];
}

interface TagVectors {
  tags: { address: string; tag: string }[];
  bundles: { address: string; tags: string[] }[];
}

const vectors = readVectors<KeyVectors>('cache-keys.json');
const tagVectors = readVectors<TagVectors>('tags.json');

describe('cache keys', () => {
  it.each(vectors.keys)(
    '$name',
    ({ secret, context, address, lines, key, body, etag: expected, ...parts }) => {
      expect(cacheKeyLines(address, parts)).toBe(lines);
      expect(lines).toMatch(/^[\n -~]+$/);
      expect(cacheKey(secret, context, lines)).toBe(key);
      expect(cacheKey(new TextEncoder().encode(secret), context, lines)).toBe(key);
      expect(etag(secret, lines, body)).toBe(expected);
      expect(etag(secret, lines, new TextEncoder().encode(body))).toBe(expected);
    },
  );

  it('tells all of them apart', () => {
    const keyed = new Set(vectors.keys.map(({ key }) => key));
    const bodies = vectors.keys.filter(({ address, rev }) => address === 'user?page=1&userId=5' && rev === 0);
    expect(keyed.size).toBe(vectors.keys.length - 2);
    expect(new Set(vectors.keys.map((one) => one.etag)).size).toBe(vectors.keys.length);
    expect(bodies.length).toBeGreaterThan(2);
  });

  it.each(vectors.identities)('identity $id', ({ secret, id, hash }) => {
    expect(identityHash(secret, id)).toBe(hash);
  });

  it.each(vectors.parts)('part $part', ({ text, part }) => {
    expect(partHash(text)).toBe(part);
  });
});

describe('tags', () => {
  it.each(tagVectors.tags)('$address', ({ address, tag: expected }) => {
    expect(tag(address)).toBe(expected);
  });

  it.each(tagVectors.bundles)('of the bundle $address', ({ address, tags: expected }) => {
    expect(tags(address)).toEqual(expected);
    expect(expected.join(' ')).toMatch(/^[a-z0-9. ]+$/);
  });
});
