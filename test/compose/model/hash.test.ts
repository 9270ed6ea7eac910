import { describe, expect, test } from 'vitest';
import { networkHash, serviceHash, serviceHashes, volumeHash } from '#compose/model/hash.ts';
import type { Service } from '#compose/model/project.ts';
import { sha256 } from '#compose/model/sha256.ts';

const plain: Service = {
  command: null,
  entrypoint: null,
  image: 'nginx:alpine',
  networks: { default: null },
};

describe('SHA-256', () => {
  test.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    ['a'.repeat(1_000_000), 'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0'],
  ])('of a text of its standard', (text, digest) => expect(sha256(text)).toBe(digest));

  test('counts bytes of UTF-8', () => {
    expect(sha256('é😀')).toBe(sha256(Buffer.from('é😀').toString('utf8')));
    expect(sha256('é')).not.toBe(sha256('e'));
  });
});

describe('config hashes', () => {
  test('a service as Docker Compose 2.16 labelled it', () => {
    expect(serviceHash(plain)).toBe('bf6121f23746cbb8aa6e190dbdd370ed3928bc89066e458132ea9a62bcbc8edd');
  });

  test('a network as Docker Compose 2.39 labelled it', () => {
    const hash = '561d8598edf94dbb6b7049d3167760ef5bb2e53f7d32c7b7f4bcd34f84c6f1c0';
    expect(networkHash({ name: 'compose_default' })).toBe(hash);
  });

  test('a volume has the local driver unless it says otherwise', () => {
    expect(volumeHash({ name: 'v' })).toBe(volumeHash({ name: 'v', driver: 'local' }));
  });

  test('what does not change a container is not in it', () => {
    const more: Service = {
      ...plain,
      build: { context: '/x' },
      pull_policy: 'always',
      scale: 3,
      depends_on: { db: { condition: 'service_started', required: true } },
      profiles: ['p'],
    };
    expect(serviceHash(more)).toBe(serviceHash(plain));
    expect(serviceHash({ ...plain, hostname: 'h' })).not.toBe(serviceHash(plain));
  });

  test('the order of keys does not matter, of environment variables neither', () => {
    const one = { ...plain, environment: { B: '1', '10': 'x', '9': null } };
    const other = { environment: { '9': null, '10': 'x', B: '1' }, ...plain };
    expect(serviceHash(one)).toBe(serviceHash(other));
  });

  test('a bind mount has two hashes that mean the same', () => {
    const service: Service = { ...plain, volumes: [{ type: 'bind', source: '/a', target: '/b', bind: {} }] };
    const hashes = serviceHashes(service);
    expect(hashes).toHaveLength(2);
    expect(hashes[0]).toBe(serviceHash(service));
    expect(serviceHashes(plain)).toHaveLength(1);
  });
});
