import type {
  CompletionList,
  Hover,
  Location,
  MarkupContent,
  SymbolInformation,
} from 'vscode-languageserver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cursorIn } from './support/marked-text.ts';
import { TestClient } from './support/test-client.ts';

const uri = 'file:///work/compose.yaml';

let client: TestClient;
beforeAll(async () => {
  client = await TestClient.inProcess({ files: {} });
});
afterAll(async () => {
  expect(client.errors).toEqual([]);
  await client.close();
});

async function at<T>(method: string, marked: string): Promise<{ text: string; answer: T }> {
  const { text, offset } = cursorIn(marked);
  await client.open(uri, text);
  return { text, answer: await client.at<T>(method, uri, offset) };
}

const labels = async (marked: string): Promise<readonly string[]> =>
  (await at<CompletionList>('textDocument/completion', marked)).answer.items.map(({ label }) => label);

const before = `services:
  db: { image: "postgres:17" }
networks: { back: {} }
volumes: { data: {} }
jobs:
  seed: { image: "x:1", triggers: { manual: true } }
  migrate:
`;

describe('jobs, as services', () => {
  it('have their keys suggested, without those of what keeps running', async () => {
    const found = await labels(`${before}    ‸\n`);
    expect(found).toEqual(expect.arrayContaining(['image', 'depends_on', 'profiles', 'triggers']));
    for (const name of ['restart', 'deploy', 'scale', 'pre_start', 'extends'])
      expect(found).not.toContain(name);
    expect(await labels('services: {}\n‸')).toContain('jobs');
  });

  it.each([
    ['triggers:\n      ‸', ['manual', 'schedule']],
    ['triggers:\n      schedule:\n        - ‸', ['cron', 'timezone', 'concurrency', 'missed_fires']],
    [
      'triggers:\n      schedule:\n        - cron: "0 3 * * *"\n          concurrency: ‸',
      ['forbid', 'queue'],
    ],
    ['networks: [‸]', ['back']],
    ['depends_on: [‸]', ['db', 'seed']],
  ])('%s', async (lines, wanted) => {
    expect(await labels(`${before}    ${lines}\n`)).toEqual(expect.arrayContaining(wanted));
  });

  it('are no suggestion for what a service waits for', async () => {
    const found = await labels(
      `${before.replace('db:', 'web: { depends_on: [‸] }\n  db:')}    image: "x:1"\n`,
    );
    expect(found).toContain('db');
    expect(found).not.toContain('migrate');
    expect(found).not.toContain('seed');
  });

  it('have their attributes explained', async () => {
    const { answer } = await at<Hover>('textDocument/hover', `${before}    triggers:\n      man‸ual: true\n`);
    expect((answer.contents as MarkupContent).value).toContain('Whether the job can be started with "run"');
  });

  it('lead to what they name', async () => {
    const { text, answer } = await at<Location | Location[]>(
      'textDocument/definition',
      `${before}    networks: [ba‸ck]\n`,
    );
    const [target] = Array.isArray(answer) ? answer : [answer];
    expect(target?.range.start.line).toBe(text.split('\n').findIndex((line) => line.startsWith('networks:')));
  });

  it('are in the outline', async () => {
    await client.open(uri, `${before}    image: "x:1"\n`);
    const symbols = await client.request<SymbolInformation[]>('textDocument/documentSymbol', {
      textDocument: { uri },
    });
    expect(JSON.stringify(symbols)).toContain('"migrate"');
  });
});
