import { describe, expect, test } from 'vitest';
import { load } from '#compose/load/load.ts';
import { fc } from '../../property.ts';
import { memoryHost } from './memory-host.ts';

/** Words that mean something to the loader, so that random texts reach its rules. */
const words = fc.constantFrom(
  'services',
  'web',
  'db',
  'image',
  'build',
  'ports',
  'volumes',
  'networks',
  'environment',
  'depends_on',
  'extends',
  'include',
  'env_file',
  'deploy',
  'secrets',
  'configs',
  'healthcheck',
  'command',
  'labels',
  'name',
  'default',
  'x-common',
  'file',
  'service',
  'external',
  'context',
  'target',
  'source',
  'driver',
  '80:80',
  './data:/data',
  'other.yaml',
  'compose.yaml',
  '.env',
  '${A}',
  '${A:-${B}}',
  '${C:?no}',
  '$$',
  '__proto__',
  'constructor',
  'A=1',
);

const scalars = fc.oneof(
  words,
  fc.integer(),
  fc.double({ noNaN: true }),
  fc.boolean(),
  fc.constant(null),
  fc.string({ maxLength: 6 }),
);

const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalars,
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.dictionary(words, tie('tree'), { maxKeys: 4 }),
  ),
}));

/** A model that is often nearly right. */
const model = fc.record(
  {
    services: fc.dictionary(words, fc.dictionary(words, tree, { maxKeys: 5 }), { maxKeys: 3 }),
    networks: tree,
    volumes: fc.dictionary(words, tree, { maxKeys: 2 }),
    include: tree,
    secrets: tree,
  },
  { requiredKeys: [] },
);

/** JSON is YAML; a tag here and there. */
const documents = fc.tuple(model, fc.constantFrom('', '!reset ', '!override ')).map(([value, tag]) => {
  const text = JSON.stringify(value);
  return text.replace(/:\[/, `: ${tag}[`);
});

const texts = fc.oneof(
  { weight: 5, arbitrary: documents },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.tuple(documents, documents).map((pair) => pair.join('\n---\n')) },
);

const disks = fc.record({
  '/project/compose.yaml': texts,
  '/project/compose.override.yaml': texts,
  '/project/other.yaml': texts,
  '/project/.env': fc.string({
    unit: fc.constantFrom('A', 'B', '=', '\n', '"', "'", '$', '{', '}', ' ', '#'),
    maxLength: 30,
  }),
});

describe('whatever the files say', () => {
  test('loading neither throws nor depends on chance', async () => {
    await fc.assert(
      fc.asyncProperty(disks, async (disk) => {
        const request = { cwd: '/project', profiles: ['*'] };
        const first = await load(memoryHost(disk, { A: 'a' }), request);
        const second = await load(memoryHost(disk, { A: 'a' }), request);
        expect(second).toEqual(first);
        const refused = first.problems.some(({ severity }) => severity === 'error');
        expect(first.loaded === undefined).toBe(refused);
      }),
      { numRuns: 200 },
    );
  }, 60_000);
});
