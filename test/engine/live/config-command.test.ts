import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { load } from '#compose/load/load.ts';
import { serviceHashes } from '#compose/model/hash.ts';
import { nodeHost } from '#engine/project/disk-host.ts';
import { type CommandResult, runCommand } from '../../cli/run-command.ts';
import { address, makeRepository, type Repository } from '../remote/repository.ts';

const root = fileURLToPath(new URL('../../fixtures/projects/', import.meta.url));

/** `case.json` beside a project's files. */
interface Settings {
  readonly options?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Why Docker Compose 2.40 does something else. A project that does the same after all is a failure. */
  readonly differs?: string;
}

describe('config prints what Docker Compose prints', () => {
  for (const { name } of readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
    const settings = readSettings(name);
    if (settings.differs === undefined) test.concurrent(name, () => compare(name, settings));
    else {
      test.concurrent(`${name} differs: ${settings.differs}`, () =>
        expect(compare(name, settings)).rejects.toThrow());
    }
  }
});

describe('a project with remote files', () => {
  let repository: Repository;
  beforeAll(() => {
    repository = makeRepository({
      'compose.yaml':
        'services:\n  web: {image: "web:${TAG:-1}", build: ./web, env_file: web.env}\n  odd: {image: odd, depends_on: [web]}\n',
      'web.env': 'COLOR=blue\n',
      'deep/compose.yml': 'include: [../compose.yaml]\nservices: {deep: {build: ./ctx}}\n',
    });
  });
  afterAll(() => rmSync(join(repository.folder, '..'), { recursive: true, force: true }));

  const both = async (compose: string, ...words: readonly string[]) => {
    const cwd = join(repository.folder, '..');
    writeFileSync(join(cwd, 'compose.yaml'), compose);
    const { environment } = repository;
    const expected = await dockerCompose(words, cwd, environment);
    const actual = await runCommand(words, { cwd, environment });
    return { expected, actual };
  };

  test.each([
    ['included', `name: p\ninclude: ["${address}"]\n`, []],
    ['included from a folder', `name: p\ninclude: ["${address}#main:deep"]\n`, []],
    [
      'included with overrides of its own',
      `name: p\ninclude: [{path: ["${address}", over.yaml], project_directory: .}]\n`,
      [],
    ],
    ['extended', `name: p\nservices: {a: {extends: {file: "${address}", service: web}}}\n`, []],
    ['named on the command line', 'name: p\n', ['-f', `${address}#main:deep`]],
    ['laid over one of this disk', 'services: {web: {user: me}}\n', ['-f', 'compose.yaml', '-f', address]],
    ['of a ref that is not there', 'name: p\n', ['-f', `${address}#nowhere`]],
    ['outside of what was fetched', 'name: p\n', ['-f', `${address}#main:../..`]],
  ])('%s is as Docker Compose has it', async (_, compose, options) => {
    const { expected, actual } = await both(compose, ...options, 'config');
    expect(actual.status === 0, `${expected.errors}\n${actual.errors}`).toBe(expected.status === 0);
    expect(actual.output).toBe(withoutCreatedPathsYaml(expected.output));
  });

  test('has the same graph', async () => {
    const lines = ({ output }: CommandResult) => output.split('\n').toSorted();
    const { expected, actual } = await both(`name: p\ninclude: ["${address}"]\n`, 'alpha', 'viz', '--image');
    expect(lines(actual)).toEqual(lines(expected));
  });
});

async function compare(name: string, settings: Settings): Promise<void> {
  const cwd = join(root, name);
  const environment = { HOME: '/home/someone', PATH: '/usr/bin', ...settings.environment };
  const words = (...command: string[]) => [...(settings.options ?? []), 'config', ...command];
  const both = async (...command: string[]) => {
    const expected = await dockerCompose(words(...command), cwd, environment);
    const actual = await runCommand(words(...command), { cwd, environment });
    return { expected, actual };
  };
  const json = await both('--format', 'json');
  expect(json.actual.status === 0, `${json.expected.errors}\n${json.actual.errors}`).toBe(
    json.expected.status === 0,
  );
  if (json.expected.status !== 0) {
    expect(json.actual.errors).toMatch(/^.*:\d+:\d+: /m);
    return;
  }
  expect(JSON.parse(json.actual.output)).toEqual(withoutCreatedPaths(JSON.parse(json.expected.output)));
  const yaml = await both();
  expect(yaml.actual.output).toBe(withoutCreatedPathsYaml(yaml.expected.output));
  // Docker Compose 2.40 forgets env files here, though not when it creates containers.
  if (/env_file/.test(readCompose(cwd))) return;
  const hash = await both('--hash', '*');
  if (!json.expected.output.includes('"bind"')) expect(hash.actual.output).toBe(hash.expected.output);
  else if (settings.options === undefined) await acceptsHashes(hash.expected.output, cwd, environment);
}

/** With bind mounts Docker Compose 2 has another hash, which must be known as such. */
async function acceptsHashes(
  output: string,
  cwd: string,
  environment: Readonly<Record<string, string>>,
): Promise<void> {
  const { loaded } = await load(nodeHost(environment, environment.HOME), { cwd });
  for (const line of output.trim().split('\n')) {
    const [name = '', hash = ''] = line.split(' ');
    const service = loaded?.project.services[name];
    expect(service && serviceHashes(service), name).toContain(hash);
  }
}

function readSettings(name: string): Settings {
  try {
    return JSON.parse(readFileSync(join(root, name, 'case.json'), 'utf8')) as Settings;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw error;
  }
}

function readCompose(cwd: string): string {
  return readdirSync(cwd, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => readFileSync(join(cwd, file), 'utf8'))
    .join('\n');
}

function dockerCompose(
  words: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>>,
): Promise<CommandResult> {
  const env = { ...inject('engineEnv'), ...environment };
  return new Promise((resolve) => {
    const docker = join(inject('engineBin'), 'docker');
    execFile(docker, ['compose', ...words], { cwd, env }, (error, output, errors) => {
      resolve({ status: error === null ? 0 : Number(error.code), output, errors });
    });
  });
}

/** The default of bind mounts, which Docker Compose 5 leaves out. */
function withoutCreatedPaths(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutCreatedPaths);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, child]) => key !== 'create_host_path' || child !== true)
      .map(([key, child]) => [key, withoutCreatedPaths(child)]),
  );
}

function withoutCreatedPathsYaml(text: string): string {
  return text
    .replace(/bind:\n +create_host_path: true/g, 'bind: {}')
    .replace(/\n +create_host_path: true/g, '');
}
