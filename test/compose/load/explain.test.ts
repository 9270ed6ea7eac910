import { describe, expect, test } from 'vitest';
import { explain, type Place } from '#compose/load/explain.ts';
import { load } from '#compose/load/load.ts';
import { memoryHost } from './memory-host.ts';

const files = {
  '/project/compose.yaml': `services:
  web:
    extends: base
    image: "nginx:\${TAG:-1}"
    environment:
      MODE: dev
    env_file: web.env
  base:
    image: busybox
    ports: ["8080:80"]
`,
  '/project/compose.override.yaml': `services:
  web:
    environment:
      - MODE=\${MODE}
`,
  '/project/.env': 'TAG=2\nMODE=from-dotenv\n',
  '/project/web.env': '# secrets\nTOKEN=abc\n',
};

async function explained(path: string) {
  const { loaded, problems } = await load(memoryHost(files, { MODE: 'from-shell' }), { cwd: '/project' });
  if (loaded === undefined) throw new Error(JSON.stringify(problems));
  return explain(loaded, path);
}

function show({ span, line, text }: Place): string {
  return `${span.uri.replace('file:///project/', '')}:${line} ${text}`;
}

describe('explain', () => {
  test('a value made with a variable names it and where it is set', async () => {
    const explanation = await explained('services.web.image');
    expect(explanation?.value).toBe('nginx:2');
    expect(explanation && show(explanation.setAt)).toBe('compose.yaml:4 "nginx:${TAG:-1}"');
    expect(explanation?.before.map(show)).toEqual(['compose.yaml:9 busybox']);
    const [variable] = explanation?.variables ?? [];
    expect(variable?.name).toBe('TAG');
    expect(variable?.value).toBe('2');
    expect(variable?.place && show(variable.place)).toBe('.env:1 TAG=2');
  });

  test('an overridden variable of a service, asked for by its name', async () => {
    const explanation = await explained('services.web.environment.MODE');
    expect(explanation?.value).toBe('from-shell');
    expect(explanation && show(explanation.setAt)).toBe('compose.override.yaml:4 MODE=${MODE}');
    expect(explanation?.before.map(show)).toEqual(['compose.yaml:6 dev']);
    expect(explanation?.variables.map(({ name, from }) => [name, from?.kind])).toEqual([
      ['MODE', 'environment'],
    ]);
  });

  test('a value inherited from another service stands there', async () => {
    const explanation = await explained('services.web.ports[0].published');
    expect(explanation?.value).toBe('8080');
    expect(explanation && show(explanation.setAt)).toBe('compose.yaml:10 "8080:80"');
  });

  test('a default is told apart from what was written', async () => {
    const explanation = await explained('services.web.networks.default');
    expect(explanation?.implied).toBe(true);
    expect((await explained('networks.default.name'))?.value).toBe('project_default');
  });

  test('a variable from an env file stands in it', async () => {
    const explanation = await explained('services.web.environment.TOKEN');
    expect(explanation?.value).toBe('abc');
    expect(explanation && show(explanation.setAt)).toBe('web.env:2 TOKEN=abc');
  });

  test('nothing is explained where nothing is', async () => {
    expect(await explained('services.web.nothing')).toBeUndefined();
    expect(await explained('services.nobody.image')).toBeUndefined();
  });
});
