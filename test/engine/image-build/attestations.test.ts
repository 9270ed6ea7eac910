import { expect, test } from 'vitest';
import { attestationsOf, usualProvenance } from '#engine/image-build/attestations.ts';
import { cachedImages, cachesIn } from '#engine/image-build/caches.ts';

test('attestations are asked for and refused in many words, on the command line before the file', () => {
  const of = (provenance?: string, sbom?: string, options = {}) =>
    Object.values(
      attestationsOf(
        { ...(provenance !== undefined && { provenance }), ...(sbom !== undefined && { sbom }) },
        options,
      ),
    );
  expect(of()).toEqual([undefined, undefined]);
  expect(of('true', 'generator=x')).toEqual(['', 'generator=x']);
  expect(of('false', '0')).toEqual([undefined, undefined]);
  expect(of('true', undefined, { provenance: 'mode=max', sbom: '1' })).toEqual(['mode=max', '']);
  expect(of('mode=max', undefined, { provenance: 'false' })).toEqual([undefined, undefined]);
});

test('where nobody says anything about provenance, it is the usual one, unless the environment wants none', () => {
  expect(usualProvenance({}, {}, {})).toBe('mode=min,inline-only=true');
  expect(usualProvenance({ provenance: 'false' }, {}, {})).toBeUndefined();
  expect(usualProvenance({}, { provenance: 'false' }, {})).toBeUndefined();
  expect(usualProvenance({}, {}, { BUILDX_NO_DEFAULT_ATTESTATIONS: '1' })).toBeUndefined();
});

test('caches are images by their name, or by their type with attributes', () => {
  const entries = [
    'user/app:cache',
    'type=registry,ref=host/x,mode=max',
    'type=gha,scope=a=b',
    'type=local,src=./c',
  ];
  expect(cachesIn(entries)).toEqual([
    { type: 'registry', attributes: { ref: 'user/app:cache' } },
    { type: 'registry', attributes: { ref: 'host/x', mode: 'max' } },
    { type: 'gha', attributes: { scope: 'a=b' } },
    { type: 'local', attributes: { src: './c' } },
  ]);
  expect(cachesIn(undefined)).toEqual([]);
  expect(cachedImages({ cache_from: entries })).toEqual(['user/app:cache', 'host/x']);
});
