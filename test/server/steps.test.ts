import type { CompletionList, Hover, Location, MarkupContent, WorkspaceEdit } from 'vscode-languageserver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cursorIn } from './support/marked-text.ts';
import { TestClient } from './support/test-client.ts';

const uri = 'file:///work/compose.yaml';

let client: TestClient;
beforeAll(async () => {
  client = await TestClient.inProcess({ files: { '/work/step.env': 'A=1\n' } });
});
afterAll(async () => {
  expect(client.errors).toEqual([]);
  await client.close();
});

async function at<T>(
  method: string,
  lines: string,
  extra: object = {},
): Promise<{ text: string; answer: T }> {
  const { text, offset } = cursorIn(`services:
  web:
    image: "x:1"
    networks: [back]
    pre_start:
      - command: migrate
        ${lines}
networks:
  back: {}
volumes:
  data: {}
`);
  await client.open(uri, text);
  return { text, answer: await client.at<T>(method, uri, offset, extra) };
}

const labels = async (lines: string): Promise<readonly string[]> =>
  (await at<CompletionList>('textDocument/completion', lines)).answer.items.map(({ label }) => label);

describe('steps before a service starts, as services', () => {
  it('have their keys suggested, without those of what keeps running', async () => {
    const found = await labels('‸');
    expect(found).toEqual(
      expect.arrayContaining(['image', 'per_replica', 'extra_hosts', 'volumes', 'entrypoint', 'secrets']),
    );
    for (const name of ['restart', 'deploy', 'ports', 'build', 'depends_on', 'healthcheck', 'pre_start'])
      expect(found).not.toContain(name);
  });

  it.each([
    ['networks: [‸]', ['back']],
    ['volumes: [‸]', ['data']],
    ['cap_add: [‸]', ['NET_ADMIN']],
  ])('%s', async (lines, wanted) => {
    expect(await labels(lines)).toEqual(expect.arrayContaining(wanted));
  });

  it('have their attributes explained, with the release that takes them', async () => {
    const { answer } = await at<Hover>('textDocument/hover', 'extra_h‸osts: ["a:192.0.2.1"]');
    expect((answer.contents as MarkupContent).value).toContain('Since Docker Compose 5.6.');
  });

  it('lead to what they name', async () => {
    const { text, answer } = await at<Location | Location[]>('textDocument/definition', 'networks: [ba‸ck]');
    const [target] = Array.isArray(answer) ? answer : [answer];
    expect(target?.range.start.line).toBe(text.split('\n').indexOf('networks:') + 1);
  });

  it('are renamed with it', async () => {
    const { answer } = await at<WorkspaceEdit>('textDocument/rename', 'networks: [ba‸ck]', {
      newName: 'front',
    });
    expect(JSON.stringify(answer).match(/"newText":"front"/g)).toHaveLength(3);
  });
});
