import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { load } from '#compose/load/load.ts';
import type { LoadedProject } from '#compose/load/request.ts';
import { modelRunners } from '#engine/models/find-runner.ts';
import type { ModelRunners } from '#engine/models/model-runner.ts';
import type { ProgressEvent } from '#engine/observe/progress.ts';
import { modelsGiven, withModels } from '#engine/operations/with-models.ts';
import { nodeHost } from '#engine/project/disk-host.ts';
import { endpoint, makeModelPlugin } from './program.ts';

let folder: string;
let events: ProgressEvent[];
beforeEach(() => {
  ({ folder } = makeModelPlugin());
  events = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const { signal } = new AbortController();
const report = (event: ProgressEvent) => void events.push(event);
const environment = () => ({ PATH: '/usr/bin:/bin' });
const plugin = () => modelRunners({ environment: { DOCKER_CONFIG: folder }, home: folder });

async function loaded(text: string): Promise<LoadedProject> {
  writeFileSync(join(folder, 'compose.yaml'), `name: shop\n${text}`);
  const result = await load(nodeHost(environment(), folder), { cwd: folder });
  if (result.loaded === undefined) throw new Error(JSON.stringify(result.problems));
  return result.loaded;
}

const bringUp = async (text: string, runners: ModelRunners | undefined, services: readonly string[] = []) =>
  withModels(await loaded(text), runners, { services }, report, signal);

const models = `models:
  small-one: {model: ai/here}
  big: {model: ai/big, context_size: 4096, runtime_flags: [--temp, "0"]}
  unused: {model: ai/unused}
`;
const short = 'services: {chat: {image: chat, models: [small-one]}, web: {image: web}}\n';
const long =
  'services: {chat: {image: chat, environment: {A: "1"}, models: {big: {endpoint_var: LLM, model_var: NAME}}}}\n';

describe('models by the plugin', () => {
  it('are given as variables to the services that use them', async () => {
    const { project } = await bringUp(short + models, plugin());
    expect(project.services.chat?.environment).toEqual({
      SMALL_ONE_URL: endpoint,
      SMALL_ONE_MODEL: 'ai/here',
    });
    expect(project.services.web?.environment).toBeUndefined();
    expect(calls()).toEqual(['ls --json', 'status --json', 'configure ai/here']);
    expect(events).toEqual([]);
  });

  it('are pulled where they are missing, configured, and called as the service says', async () => {
    const { project } = await bringUp(long + models, plugin());
    expect(project.services.chat?.environment).toEqual({ A: '1', LLM: endpoint, NAME: 'ai/big' });
    expect(calls()).toEqual([
      'ls --json',
      'status --json',
      'pull ai/big',
      'configure --context-size 4096 ai/big -- --temp 0',
    ]);
    expect(events.map(({ status, detail }) => [status, detail])).toEqual([
      ['Pulling', undefined],
      ['Pulling', 'half of it'],
      ['Pulled', undefined],
    ]);
  });

  it('that cannot be pulled end the command with the reason', async () => {
    const text = 'services: {chat: {image: chat, models: [gone]}}\nmodels: {gone: {model: ai/absent}}\n';
    await expect(bringUp(text, plugin())).rejects.toThrow('no such model');
  });

  it('are not pulled for a plan, which has the same variables', async () => {
    const project = await loaded(short + models);
    const planned = await modelsGiven(project, plugin(), { services: [] }, signal);
    expect(calls()).toEqual(['status --json']);
    expect(planned).toEqual(await withModels(project, plugin(), { services: [] }, report, signal));
  });

  it('are not looked at for a service that has none', async () => {
    const project = await loaded(short + models);
    expect(await withModels(project, undefined, { services: ['web'] }, report, signal)).toBe(project);
  });
});

it('without a runner they are refused, and nothing is asked for a project without models', async () => {
  const nobody = modelRunners({ environment: { MODEL_RUNNER_HOST: 'http://127.0.0.1:1' }, home: '/nowhere' });
  await expect(bringUp(short + models, nobody)).rejects.toMatchObject({
    kind: 'unsupported',
    subject: 'chat',
  });
  await expect(bringUp(short + models, undefined)).rejects.toMatchObject({ kind: 'unsupported' });
});

describe('models by the HTTP API', () => {
  let server: Server;
  let requests: string[];
  let pulling: string;
  beforeEach(async () => {
    requests = [];
    pulling = '{"type":"progress","message":"half"}\n{"type":"success","message":"done"}';
    server = createServer(async (request, response) => {
      let body = '';
      for await (const part of request) body += part;
      requests.push(`${request.method} ${request.url} ${body}`.trim());
      if (request.url === '/models') response.end('[{"id":"sha256:1","tags":["ai/here"]}]');
      else if (request.url === '/models/create') response.end(pulling);
      else response.writeHead(202).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));
  const host = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const api = () => modelRunners({ environment: { MODEL_RUNNER_HOST: host() }, home: '/nowhere' });

  it('are pulled, configured, and given as variables', async () => {
    const { project } = await bringUp(long + models, api());
    expect(project.services.chat?.environment).toEqual({ A: '1', LLM: `${host()}/v1/`, NAME: 'ai/big' });
    expect(requests).toEqual([
      'GET /models',
      'GET /models',
      'POST /models/create {"from":"ai/big"}',
      'POST /engines/_configure {"model":"ai/big","context-size":4096,"runtime-flags":["--temp","0"]}',
    ]);
    expect(events.map(({ detail }) => detail)).toEqual([undefined, 'half', 'done', undefined]);
  });

  it('end the command with what the runner says', async () => {
    pulling = '{"type":"error","message":"no space left"}\n';
    await expect(bringUp(long + models, api())).rejects.toThrow('no space left');
  });
});

function calls(): readonly string[] {
  return readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n');
}
