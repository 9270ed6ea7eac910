import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { load } from '#compose/load/load.ts';
import type { LoadedProject } from '#compose/load/request.ts';
import type { ProgressEvent } from '#engine/observe/progress.ts';
import { removeProvided, stopProvided, withProviders } from '#engine/operations/with-providers.ts';
import { nodeHost } from '#engine/project/disk-host.ts';
import { providerProgram } from '#engine/providers/provider-program.ts';
import { readMessage } from '#engine/providers/provider-protocol.ts';
import { providerRunner } from '#engine/providers/run-provider.ts';
import { formatMessage, type Message } from '#engine/api/message.ts';
import { makeProviders } from './program.ts';

let folder: string;
let environment: Record<string, string>;
let letGo: () => void;
let events: ProgressEvent[];
let warnings: string[];
beforeEach(() => {
  ({ folder, environment, letGo } = makeProviders());
  events = [];
  warnings = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const signal = new AbortController().signal;
const report = (event: ProgressEvent) => void events.push(event);
const runner = () => providerRunner({ environment, home: folder });
const calls = () => readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n');

async function loaded(services: string): Promise<LoadedProject> {
  writeFileSync(join(folder, 'compose.yaml'), `name: shop\nservices:\n${services}`);
  const result = await load(nodeHost(environment, folder), { cwd: folder });
  if (result.loaded === undefined) throw new Error(JSON.stringify(result.problems));
  return result.loaded;
}

const onWarning = (warning: Message) => void warnings.push(formatMessage(warning));
const bringUp = async (services: string, stop = signal) =>
  withProviders(await loaded(services), runner(), { services: [], onWarning }, report, stop);

const provided = (type: string, options = '{}') =>
  `  db: {provider: {type: ${type}, options: ${options}}}\n  web: {image: web, environment: {A: "1", SHARED: own}, depends_on: [db]}\n  other: {image: other}\n`;

describe('a provider', () => {
  it('gives its variables to the services that depend on it, and to no other', async () => {
    const { project } = await bringUp(provided('sets', '{size: big, tag: [a, b]}'));
    expect(project.services.web?.environment).toEqual({
      A: '1',
      SHARED: 'own',
      DB_URL: 'sql://db?a=b',
      DB_MODE: 'test',
    });
    expect(project.services.other?.environment).toBeUndefined();
    expect(calls()).toEqual([
      'compose metadata',
      'compose --project-name=shop up --size=big --tag=a --tag=b db',
    ]);
    expect(events).toEqual([
      { kind: 'service', name: 'db', status: 'Creating' },
      { kind: 'service', name: 'db', status: 'Creating', detail: 'making' },
      { kind: 'service', name: 'db', status: 'Created' },
    ]);
  });

  it.each([
    ['error', 'no quota'],
    ['status', 'failed to create service provider: exit status 3'],
    ['nonsense', 'invalid response from plugin: not json'],
  ])('that fails by %s stops the up with its reason', async (how, message) => {
    await expect(bringUp(provided('fails', `{how: ${how}}`))).rejects.toMatchObject({ message });
    expect(events.at(-1)).toEqual({ kind: 'service', name: 'db', status: 'Error', detail: message });
  });

  it('that takes its time is waited for, with the options that it knows', async () => {
    const running = bringUp(provided('slow', '{size: big, other: x}'));
    await expect.poll(() => events).toHaveLength(1);
    letGo();
    expect((await running).project.services.web?.environment?.DB_READY).toBe('yes');
    expect(calls()).toContain('compose --project-name=shop up --size=big db');
    const kept = readFileSync(join(folder, '.docker/compose/providers/slow.json'), 'utf8');
    expect(JSON.parse(kept)).toMatchObject({ up: { parameters: [{ name: 'size' }] } });
    expect(existsSync(join(folder, '.docker/compose/providers/sets.json'))).toBe(false);
  });

  it('replaces a variable where it gives one without prefix, with a warning', async () => {
    const { project } = await bringUp(provided('sets', '{raw: "yes"}'));
    expect(project.services.web?.environment?.SHARED).toBe('from-provider');
    expect(warnings).toEqual(['The provider "db" replaces the variable "SHARED" of the service "web".']);
  });

  it('that lacks an option is not run', async () => {
    await expect(bringUp(provided('slow'))).rejects.toMatchObject({
      message: 'required parameter "size" is missing from provider "slow" definition',
    });
    expect(calls()).toEqual(['compose metadata']);
  });

  it('ends when the up is cancelled', async () => {
    const stop = new AbortController();
    const running = bringUp(provided('slow', '{size: big}'), stop.signal);
    await expect.poll(() => events).toHaveLength(1);
    stop.abort();
    await expect(running).rejects.toMatchObject({ kind: 'cancelled' });
  });

  it('is not run where the program was not agreed to', async () => {
    const asked: string[] = [];
    const wary = providerRunner({ environment, home: folder }, async (program) => {
      asked.push(program);
      return false;
    });
    const project = await loaded(provided('sets'));
    await expect(withProviders(project, wary, { services: [] }, report, signal)).rejects.toMatchObject({
      kind: 'cancelled',
    });
    expect(asked).toEqual([join(folder, 'bin', 'sets')]);
  });

  it('takes down what it gave; its program being gone is a failure that says so', async () => {
    const project = await loaded(provided('sets'));
    await removeProvided(project, runner(), [], report, signal);
    expect(calls().at(-1)).toBe('compose --project-name=shop down db');
    rmSync(join(folder, 'bin', 'sets'));
    await expect(removeProvided(project, runner(), [], report, signal)).rejects.toMatchObject({
      kind: 'not-found',
      message: 'The program of the provider "sets" is neither a Docker plugin nor on the PATH.',
    });
  });
});

describe('stopping', () => {
  const stop = async (type: string, services: readonly string[] = []) =>
    stopProvided(await loaded(provided(type)), runner(), { services, onWarning }, report, signal);

  it('is for providers that know it, and were asked for', async () => {
    await stop('slow', ['web']);
    await stop('sets');
    expect(calls()).toEqual(['compose metadata']);
    expect(events).toEqual([]);
    await stop('slow', ['db']);
    expect(calls().at(-1)).toBe('compose --project-name=shop stop db');
    expect(events.map(({ status }) => status)).toEqual(['Stopping', 'Stopped']);
  });

  it('warns where the program is gone, and goes on', async () => {
    await stop('absent');
    expect(warnings).toEqual([
      'The program of the provider "absent" is neither a Docker plugin nor on the PATH.',
    ]);
  });
});

describe('its program', () => {
  it('is a plugin of the Docker CLI before one of the PATH', async () => {
    const plugins = join(folder, '.docker', 'cli-plugins');
    mkdirSync(plugins, { recursive: true });
    writeFileSync(join(plugins, 'docker-sets'), '#!/bin/sh\n');
    chmodSync(join(plugins, 'docker-sets'), 0o755);
    expect(await providerProgram('sets', { environment, home: folder })).toBe(join(plugins, 'docker-sets'));
  });

  it.each(['compose', '../sets', '/bin/sh', 'a b', '-x', ''])('is never %s', async (type) => {
    await expect(providerProgram(type, { environment, home: folder })).rejects.toMatchObject({
      kind: 'not-found',
    });
  });

  it('is not looked for in a folder of the project', async () => {
    const here = { ...environment, PATH: `:.:bin:${environment.PATH?.split(':')[1]}` };
    await expect(providerProgram('sets', { environment: here, home: folder })).rejects.toThrow();
  });
});

it('lines of the protocol', () => {
  expect(readMessage('{"type":"setenv","message":"A=b=c"}')).toEqual({
    kind: 'variable',
    prefixed: true,
    name: 'A',
    value: 'b=c',
  });
  expect(readMessage('{"type":"setenv","message":"A"}')).toEqual({ kind: 'invalid', text: 'A' });
  expect(readMessage('{"type":"other","message":"A"}')).toEqual({ kind: 'invalid', text: 'other' });
  expect(readMessage('3')).toEqual({ kind: 'invalid', text: '3' });
});
