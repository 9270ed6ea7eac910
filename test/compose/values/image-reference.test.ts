import { describe, expect, test } from 'vitest';
import { formatPhrase } from '#compose/problem/format-phrase.ts';
import {
  completeName,
  type ImageReference,
  isImageId,
  isSameImage,
  parseImageReference,
  printFamiliar,
  printReference,
  shortName,
  splitReference,
  versionOf,
  withDefaultTag,
} from '#compose/values/image-reference.ts';
import { fc } from '../../property.ts';

const hex = 'dbcc1c35ac38df41fd2f5e4130b32ffdb93ebae8b3dbe638c23575912276fc9c';
const sha = `sha256:${hex}`;

function read(text: string): ImageReference {
  const reference = parseImageReference(text);
  if (reference.kind === 'error') throw new Error(`${text}: ${formatPhrase(reference.message)}`);
  return reference;
}

describe('as Docker completes it (the cases of distribution’s "reference")', () => {
  test.each([
    // written, whole, as people write it
    ['redis', 'docker.io/library/redis', 'redis'],
    ['redis:latest', 'docker.io/library/redis:latest', 'redis:latest'],
    ['library/redis', 'docker.io/library/redis', 'redis'],
    ['docker.io/redis', 'docker.io/library/redis', 'redis'],
    ['index.docker.io/redis:7', 'docker.io/library/redis:7', 'redis:7'],
    ['docker.io/library/redis', 'docker.io/library/redis', 'redis'],
    [`redis@${sha}`, `docker.io/library/redis@${sha}`, `redis@${sha}`],
    [`redis:7@${sha}`, `docker.io/library/redis:7@${sha}`, `redis:7@${sha}`],
    ['fooo/bar', 'docker.io/fooo/bar', 'fooo/bar'],
    ['other/library', 'docker.io/other/library', 'other/library'],
    ['library/foo/bar', 'docker.io/library/foo/bar', 'library/foo/bar'],
    ['store/foo/bar', 'docker.io/store/foo/bar', 'store/foo/bar'],
    ['ubuntu-12.04-base', 'docker.io/library/ubuntu-12.04-base', 'ubuntu-12.04-base'],
    ['127.0.0.1:8000/private/base', '127.0.0.1:8000/private/base', '127.0.0.1:8000/private/base'],
    ['example.com:8000/base:1', 'example.com:8000/base:1', 'example.com:8000/base:1'],
    ['localhost/app', 'localhost/app', 'localhost/app'],
    ['Foo/bar', 'Foo/bar', 'Foo/bar'],
    ['test_com/foo', 'docker.io/test_com/foo', 'test_com/foo'],
    ['test-com:8080/foo', 'test-com:8080/foo', 'test-com:8080/foo'],
    ['xn--n3h.com:18080/foo', 'xn--n3h.com:18080/foo', 'xn--n3h.com:18080/foo'],
    ['[fc00::1]:5000/docker', '[fc00::1]:5000/docker', '[fc00::1]:5000/docker'],
    ['192.168.0.1', 'docker.io/library/192.168.0.1', '192.168.0.1'],
    ['192.168.0.1:80', 'docker.io/library/192.168.0.1:80', '192.168.0.1:80'],
    ['docker---rules/docker', 'docker.io/docker---rules/docker', 'docker---rules/docker'],
    ['dock__er/docker', 'docker.io/dock__er/docker', 'dock__er/docker'],
    [`docker.io/${hex}`, `docker.io/library/${hex}`, hex],
    // Unlike distribution, which would write the name of another registry's image.
    ['docker.io/a.b/c', 'docker.io/a.b/c', 'docker.io/a.b/c'],
    ['docker.io/localhost/c', 'docker.io/localhost/c', 'docker.io/localhost/c'],
    [hex.slice(1), `docker.io/library/${hex.slice(1)}`, hex.slice(1)],
  ])('%s', (text, whole, familiar) => {
    expect(printReference(read(text))).toBe(whole);
    expect(printFamiliar(read(text))).toBe(familiar);
  });

  test.each([
    ['', ''],
    [':1', ':1'],
    ['https://github.com/docker/docker', 'https://github.com/docker/docker'],
    ['docker/Docker', 'docker/Docker'],
    ['-docker', '-docker'],
    ['docker-/docker', 'docker-/docker'],
    ['-docker.io/docker/docker', '-docker.io/docker/docker'],
    ['docker///docker', 'docker///docker'],
    ['docker/', 'docker/'],
    ['[fc00::1]:5000', '[fc00::1]'],
    ['fc00::1:5000/debian', 'fc00::1:5000/debian'],
    ['[fe80::1%eth0]:5000/debian', '[fe80::1%eth0]:5000/debian'],
    [hex, hex],
    ['____/____', '____/____'],
    ['dock..er/docker', 'dock..er/docker'],
    ['dock_.er/docker', 'dock_.er/docker'],
    [`${'a'.repeat(256)}/docker`, `${'a'.repeat(256)}/docker`],
    ['nginx:', ''],
    ['nginx:-1', '-1'],
    [`nginx:${'1'.repeat(129)}`, '1'.repeat(129)],
    ['nginx@sha256:abc', 'sha256:abc'],
    [`nginx:1@md5:${hex}`, `md5:${hex}`],
    [`nginx@${sha.toUpperCase()}`, sha.toUpperCase()],
    ['a b', 'a b'],
  ])('%s is refused at the part that is wrong', (text, wrong) => {
    const parsed = parseImageReference(text);
    if (parsed.kind !== 'error') throw new Error(`${text} was read`);
    expect(text.slice(parsed.start, parsed.end)).toBe(wrong);
  });

  test.each([
    ['ghcr.io/Team/App:1', '"ghcr.io/Team/App" contains uppercase letters. Write "ghcr.io/team/app".'],
    ['MyApp', '"MyApp" contains uppercase letters. Write "myapp".'],
  ])('%s comes with what to write', (text, message) => {
    const parsed = parseImageReference(text);
    expect(parsed.kind === 'error' && formatPhrase(parsed.message)).toBe(message);
  });
});

describe('any reference', () => {
  const word = fc.stringMatching(/^[a-z0-9]{1,6}$/);
  const component = fc
    .tuple(word, fc.constantFrom('.', '_', '__', '-', '---'), word)
    .map(([a, separator, b]) => `${a}${separator}${b}`);
  const host = fc.oneof(
    fc.constantFrom('localhost', 'docker.io', 'index.docker.io', '[::1]:5000', 'REGISTRY'),
    fc.tuple(word, fc.integer({ min: 1, max: 65535 })).map(([name, port]) => `${name}.example:${port}`),
  );
  const text = fc
    .record({
      host: fc.option(host, { nil: undefined }),
      path: fc.array(fc.oneof(word, component), { minLength: 1, maxLength: 4 }),
      tag: fc.option(fc.stringMatching(/^\w[\w.-]{0,20}$/), { nil: undefined }),
      pinned: fc.boolean(),
    })
    .map(
      ({ host: at, path, tag, pinned }) =>
        `${at === undefined ? '' : `${at}/`}${path.join('/')}${tag === undefined ? '' : `:${tag}`}${pinned ? `@${sha}` : ''}`,
    );

  test('stays the same, printed and read again', () => {
    fc.assert(
      fc.property(text, (written) => {
        const reference = read(written);
        expect(read(printReference(reference))).toEqual(reference);
        expect(read(printFamiliar(reference))).toEqual(reference);
        expect(isSameImage(written, printReference(reference))).toBe(true);
      }),
    );
  });

  test('any text at all is taken apart and put together again', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), text), (written) => {
        const { name, tag, digest } = splitReference(written);
        const again = `${name}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
        expect(again).toBe(written);
        parseImageReference(written);
      }),
    );
  });
});

test('the tag that stands for none', () => {
  expect(printReference(withDefaultTag(read('nginx')))).toBe('docker.io/library/nginx:latest');
  expect(printReference(withDefaultTag(read(`nginx@${sha}`)))).toBe(`docker.io/library/nginx@${sha}`);
  expect(versionOf(splitReference('localhost:5000/app'))).toBe('latest');
  expect(versionOf(splitReference('app:'))).toBe('latest');
  expect(versionOf(splitReference('app:1'))).toBe('1');
  expect(versionOf(splitReference(`app:1@${sha}`))).toBe(sha);
});

test('names of the same image', () => {
  expect(isSameImage('nginx', 'docker.io/library/nginx:latest')).toBe(true);
  expect(isSameImage('nginx:1', 'nginx')).toBe(false);
  expect(isSameImage('team/nginx', 'nginx')).toBe(false);
  expect(isSameImage('Not An Image', 'Not An Image')).toBe(true);
  expect(isSameImage('Not An Image', 'nginx')).toBe(false);
});

test('parts for those who take what is not well formed too', () => {
  expect(completeName('ghcr.io/Team/App')).toEqual({ registry: 'ghcr.io', path: 'Team/App' });
  expect(shortName('localhost:5000/team/api')).toBe('api');
  expect(shortName(`api:1@${sha}`)).toBe('api');
  expect(isImageId(hex)).toBe(true);
  expect(isImageId(sha)).toBe(true);
  expect(isImageId('nginx')).toBe(false);
});
