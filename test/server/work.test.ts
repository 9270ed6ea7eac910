import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { services, stack } from '../bench/texts.mjs';
import { TestClient } from './support/test-client.ts';

/**
 * What a keystroke costs, counted: the same on every machine. `test/bench/work.json` has the counts that are accepted; more than a fifth above one
 * of them fails here. `COMPOSURE_ACCEPT_WORK=1` writes the file anew, for a change that is worth its price.
 */
const counts = vi.hoisted(() => ({
  parses: 0,
  charactersParsed: 0,
  nodesValidated: 0,
  nodesMatched: 0,
  factsFound: 0,
  factsMoved: 0,
  entriesMoved: 0,
  loads: 0,
}));

vi.mock('../../compose/syntax/build/file.ts', async (original) => {
  const module = await original<typeof import('../../compose/syntax/build/file.ts')>();
  return {
    ...module,
    readFile: (reading: Parameters<typeof module.readFile>[0]) => {
      counts.parses += 1;
      counts.charactersParsed += reading.text.length;
      return module.readFile(reading);
    },
  };
});

vi.mock('../../compose/schema/walk.ts', async (original) => {
  const module = await original<typeof import('../../compose/schema/walk.ts')>();
  return {
    ...module,
    formOfValue: (...given: Parameters<typeof module.formOfValue>) => {
      counts.nodesValidated += 1;
      return module.formOfValue(...given);
    },
  };
});

vi.mock('../../compose/syntax/matches.ts', async (original) => {
  const module = await original<typeof import('../../compose/syntax/matches.ts')>();
  return {
    ...module,
    Finder: class<T, R> extends module.Finder<T, R> {
      constructor(...[table, find, move]: ConstructorParameters<typeof module.Finder<T, R>>) {
        const counted: typeof find = (match) => {
          counts.nodesMatched += 1;
          return find(match);
        };
        super(table, counted, move);
      }
    },
  };
});

vi.mock('../../compose/syntax/facts.ts', async (original) => {
  const module = await original<typeof import('../../compose/syntax/facts.ts')>();
  const factOf = module.factOf as (entry: object, fact: object, context?: unknown) => unknown;
  const counted = new WeakMap<object, object>();
  return {
    ...module,
    factOf: (
      entry: object,
      fact: {
        find: (entry: object, context: unknown) => unknown;
        move: (value: unknown, by: number) => unknown;
      },
      context?: unknown,
    ) => {
      let counting = counted.get(fact);
      if (counting === undefined) {
        const find = (each: object, given: unknown) => {
          counts.factsFound += 1;
          return fact.find(each, given);
        };
        const move = (value: unknown, by: number) => {
          if (Array.isArray(value) && value.length > 0) counts.factsMoved += value.length;
          return fact.move(value, by);
        };
        counting = { ...fact, find, move };
        counted.set(fact, counting);
      }
      return factOf(entry, counting, context);
    },
  };
});

vi.mock('../../compose/syntax/shift.ts', async (original) => {
  const module = await original<typeof import('../../compose/syntax/shift.ts')>();
  return {
    ...module,
    shiftEntry: (...given: Parameters<typeof module.shiftEntry>) => {
      counts.entriesMoved += 1;
      return module.shiftEntry(...given);
    },
  };
});

vi.mock('../../compose/load/load.ts', async (original) => {
  const module = await original<typeof import('../../compose/load/load.ts')>();
  return {
    ...module,
    load: (...given: Parameters<typeof module.load>) => {
      counts.loads += 1;
      return module.load(...given);
    },
  };
});

// What waits for a pause in typing would come in between, on a slow machine.
beforeAll(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterAll(() => {
  vi.useRealTimers();
});

const uri = 'file:///work/compose.yaml';
const file = fileURLToPath(new URL('../bench/work.json', import.meta.url));

type Work = Readonly<Record<string, number>>;

/** The work of requests on a stack of so many lines, once it was opened and looked at. */
async function measure(text: string): Promise<Record<string, Work>> {
  const client = await TestClient.inProcess({ files: { '/work/.env': 'TAG=1\n' } });
  const document = await client.open(uri, text);
  const result: Record<string, Work> = {};
  const count = async (what: string, work: () => Promise<unknown>) => {
    const { reads, looks } = client.files;
    for (const key of Object.keys(counts) as (keyof typeof counts)[]) counts[key] = 0;
    await work();
    const { files } = client;
    result[what] = { ...counts, filesRead: files.reads - reads, filesLookedAt: files.looks - looks };
  };
  const lines = text.split('\n');
  const image = lines.findIndex((each, i) => i >= lines.length / 2 && each.startsWith('    image: '));
  const end = { line: image, character: lines[image]?.length ?? 0 };
  await count('open', () => client.diagnostics(uri));
  await client.at('textDocument/hover', uri, document.offsetAt(end) - 3);
  await count('a letter', async () => {
    await client.change(uri, [{ range: { start: end, end }, text: 'x' }]);
    await client.diagnostics(uri);
  });
  await count('completion', () =>
    client.request('textDocument/completion', {
      textDocument: { uri },
      position: { line: image, character: 4 },
    }),
  );
  await count('hover', () =>
    client.request('textDocument/hover', { textDocument: { uri }, position: { line: image, character: 6 } }),
  );
  const name = lines.findIndex((each, i) => i > image && each.startsWith('    depends_on:'));
  const inline = lines[name]?.includes('[') === true;
  const place = inline
    ? { line: name, character: '    depends_on: [s'.length }
    : { line: name + 1, character: '      s'.length };
  const again = async (what: string, method: string, extra: object = {}) => {
    await client.change(uri, [{ range: { start: end, end }, text: 'x' }]);
    await count(what, () => client.request(method, { textDocument: { uri }, position: place, ...extra }));
  };
  await again('hover on a name after an edit', 'textDocument/hover');
  await again('definition after an edit', 'textDocument/definition');
  await again('references after an edit', 'textDocument/references', {
    context: { includeDeclaration: true },
  });
  await client.close();
  return result;
}

test('a keystroke costs no more than it did', async () => {
  const found: Record<string, Record<string, Work>> = {};
  for (const lines of [500, 5000]) found[`${lines} lines`] = await measure(stack(lines));
  found['2000 services'] = await measure(services(2000));
  if (process.env.COMPOSURE_ACCEPT_WORK !== undefined)
    writeFileSync(file, `${JSON.stringify(found, undefined, 2)}\n`);
  const accepted = JSON.parse(readFileSync(file, 'utf8')) as typeof found;
  const worse: string[] = [];
  for (const [text, requests] of Object.entries(found)) {
    for (const [request, work] of Object.entries(requests)) {
      for (const [what, amount] of Object.entries(work)) {
        const limit = accepted[text]?.[request]?.[what] ?? 0;
        if (amount > limit * 1.2) worse.push(`${text}, ${request}: ${amount} ${what}, accepted are ${limit}`);
      }
    }
  }
  expect(worse).toEqual([]);
}, 300_000);

test('a cancelled request does no work', async () => {
  const client = await TestClient.inProcess({});
  await client.open(uri, stack(500));
  await client.diagnostics(uri);
  const at = { textDocument: { uri }, position: { line: 3, character: 6 } };
  for (const key of Object.keys(counts) as (keyof typeof counts)[]) counts[key] = 0;
  await client.change(uri, [
    { range: { start: { line: 3, character: 0 }, end: { line: 3, character: 0 } }, text: ' ' },
  ]);
  for (const method of ['textDocument/hover', 'textDocument/completion', 'textDocument/diagnostic'])
    await client.cancelled(method, at);
  expect(counts).toEqual({
    parses: 0,
    charactersParsed: 0,
    nodesValidated: 0,
    nodesMatched: 0,
    factsFound: 0,
    factsMoved: 0,
    entriesMoved: 0,
    loads: 0,
  });
  await client.close();
}, 300_000);
