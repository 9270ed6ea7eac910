import { expect, it } from 'vitest';
import { checkDockerfileCommand } from '../../../client/src/check-before-up/check-dockerfile-command.ts';
import { MemoryEngine } from '../support/memory-engine.ts';
import { person } from '../support/person.ts';
import { state, Uri } from '../support/vscode.ts';
import { openWorkbench } from '../support/workbench.ts';

const compose =
  'name: shop\nservices:\n  web: {build: {context: api, target: base}}\n  db: {image: busybox}\n';

async function edited(engine: MemoryEngine, path: string) {
  const workbench = await openWorkbench({
    files: { 'compose.yaml': compose, 'api/Dockerfile': 'FROM a AS base\n', Dockerfile: 'FROM b\n' },
    engines: { '': engine },
  });
  const uri = Uri.file(workbench.path(path));
  const lines = ['FROM a AS base', ''];
  const document = {
    uri,
    languageId: 'dockerfile',
    isDirty: false,
    lineCount: lines.length,
    lineAt: (line: number) => ({ text: lines[line] ?? '' }),
    save: async () => true,
    getText: () => lines.join('\n'),
  };
  state.activeEditor = { document };
  return { workbench, uri };
}

it('shows what the builder finds, asked with the target of the service that is built from the file', async () => {
  const engine = new MemoryEngine();
  const location = { sourceIndex: 0, ranges: [{ start: { line: 1 }, end: { line: 1 } }] };
  const warning = {
    ruleName: 'StageNameCasing',
    url: 'https://docs.docker.com/x',
    detail: 'lowercase',
    location,
  };
  const sources = [{ filename: 'Dockerfile', data: '' }];
  engine.lint = { 'result.json': JSON.stringify({ warnings: [warning], sources }) };
  const { workbench, uri } = await edited(engine, 'api/Dockerfile');
  await checkDockerfileCommand(workbench);
  expect(engine.calls).toEqual(['ask frontend.lint base']);
  const [found, ...more] = state.diagnostics.get(uri.toString()) ?? [];
  expect(more).toEqual([]);
  expect(found).toMatchObject({
    message: 'lowercase',
    source: 'BuildKit',
    code: { value: 'StageNameCasing' },
    range: { start: { line: 0, character: 0 }, end: { line: 0, character: 14 } },
  });
});

it('asks nothing about a file that no service is built from, and fails where the builder cannot', async () => {
  const engine = new MemoryEngine();
  const { workbench } = await edited(engine, 'Dockerfile');
  await checkDockerfileCommand(workbench);
  expect(engine.calls).toEqual([]);
  expect(person.saw('information')).toHaveLength(1);
  const other = await edited(engine, 'api/Dockerfile');
  await checkDockerfileCommand(other.workbench);
  expect(person.saw('error')).toHaveLength(1);
});
