import { expect, it } from 'vitest';
import { load } from '#compose/load/load.ts';
import { KnownSecrets } from '../../../client/src/shared/known-secrets.ts';
import { memoryHost } from '../../compose/load/memory-host.ts';

const files = {
  '/app/compose.yaml':
    'services: {web: {image: nginx, secrets: [key, big], environment: {DB_PASS: of-the-file}}}\nsecrets: {key: {file: key.txt}, big: {file: big.txt}}\n',
  '/app/key.txt': 'held by a file\n',
  '/app/big.txt': `large ${'x'.repeat(70_000)}`,
};

async function loaded() {
  const host = memoryHost(files);
  const result = await load(host, { cwd: '/app' });
  if (result.loaded === undefined) throw new Error('not loaded');
  return { host, project: result.loaded };
}

const finds = (known: KnownSecrets, text: string) => known.values.piecesIn(text).length > 0;

it('reads what secrets hold, where that may be read, and as far as it is a secret', async () => {
  const { host, project } = await loaded();
  const known = new KnownSecrets();
  await known.learnFrom(project, host.files);
  expect(finds(known, 'of-the-file')).toBe(true);
  expect(finds(known, 'held by a file')).toBe(true);
  expect(finds(known, files['/app/big.txt'])).toBe(false);
  const untrusted = new KnownSecrets();
  host.reads.length = 0;
  await untrusted.learnFrom(project, undefined);
  expect(finds(untrusted, 'of-the-file')).toBe(true);
  expect(finds(untrusted, 'held by a file')).toBe(false);
  expect(host.reads).toEqual([]);
});

it('keeps a value that its project no longer has, and forgets those of very many that were learnt longest ago', () => {
  const many = Array.from({ length: 2499 }, (_, index) => `value number ${index} of them`);
  const known = new KnownSecrets();
  known.learn(['the old one', 'the current one']);
  known.learn(many);
  expect(finds(known, 'the old one')).toBe(true);
  known.learn(['the current one']);
  known.learn(many.map((each) => `another ${each}`));
  known.learn(['one more']);
  expect(finds(known, 'the old one')).toBe(false);
  expect(finds(known, 'the current one')).toBe(true);
  expect(finds(known, 'one more')).toBe(true);
});
