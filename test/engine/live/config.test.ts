import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, inject, test } from 'vitest';
import type { Host } from '#compose/load/host.ts';
import { load } from '#compose/load/load.ts';
import type { Project } from '#compose/model/project.ts';
import { caseGroups, type ProjectCase, readCases } from '../../compose/load/cases.ts';
import { hostOf } from './engine.ts';

const run = promisify(execFile);

/** Cases that Docker Compose 5 treats otherwise than the release at hand (2.40), or that we treat otherwise on purpose. */
const differences: ReadonlyMap<string, string> = new Map([
  ['include conflict-merges', 'since 2.10 of the loader, what is declared again is merged'],
  ['include include-extends', 'since 2.10 of the loader, includes come before extends'],
  ['merging ports-overlap', 'since 2.10 of the loader, overlapping ranges of ports are found'],
  ['values mem-types', 'since 2.10 of the loader, a size can be -1'],
  ['values pre-start', 'new in Docker Compose 5'],
  ['rules x-key-label', 'a label named x-… is a label, not an extension'],
]);

describe.each(caseGroups)('%s, as Docker Compose reads it', (group) => {
  for (const one of readCases(group)) {
    const reason = differences.get(`${group} ${one.name}`);
    if (reason === undefined) test.concurrent(one.name, () => compare(one));
    else test.concurrent(`${one.name} differs: ${reason}`, () => expect(compare(one)).rejects.toThrow());
  }
});

async function compare({ files }: ProjectCase): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'composure-config-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(directory, path)), { recursive: true });
      await writeFile(join(directory, path), text);
    }
    const environment = { HOME: directory, PATH: '/usr/bin' };
    const expected = await reference(directory, environment);
    const { loaded, problems } = await load(diskHost(environment), { cwd: directory });
    if (typeof expected === 'string') expect(loaded, expected).toBeUndefined();
    else expect(loaded && comparable(loaded.project), JSON.stringify(problems)).toEqual(comparable(expected));
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** The project as `docker compose config` prints it, or why it refuses. */
async function reference(directory: string, environment: Record<string, string>): Promise<object | string> {
  const env = { ...inject('engineEnv'), ...environment, DOCKER_HOST: hostOf('engineHost') };
  const docker = join(inject('engineBin'), 'docker');
  try {
    const { stdout } = await run(docker, ['compose', 'config', '--format', 'json'], { cwd: directory, env });
    return JSON.parse(stdout.replaceAll('$$', '$'));
  } catch (error) {
    const { stderr } = error as { readonly stderr?: string };
    if (stderr === undefined || stderr === '') throw error;
    return stderr;
  }
}

/** Without what the command leaves out or prints otherwise than it means: models, label files, and a default of bind mounts. */
function comparable(project: object): unknown {
  const { models: _, ...rest } = project as Project;
  return JSON.parse(
    JSON.stringify(rest, (key, value) => {
      if (key === 'create_host_path' || key === 'label_file') return undefined;
      return key === 'configs' || key === 'secrets' ? withoutContent(value) : value;
    }),
  );
}

function withoutContent(objects: unknown): unknown {
  if (typeof objects !== 'object' || objects === null || Array.isArray(objects)) return objects;
  return Object.fromEntries(
    Object.entries(objects).map(([name, one]: [string, { environment?: string; content?: string }]) => {
      const { content, ...others } = one;
      return [name, one.environment === undefined ? one : others];
    }),
  );
}

function diskHost(environment: Readonly<Record<string, string>>): Host {
  return {
    environment,
    home: environment.HOME ?? '/',
    platform: 'posix',
    uriOf: (path) => `file://${path}`,
    files: {
      read: (path) =>
        readFile(path, 'utf8').then(
          (text) => ({ kind: 'text', text }),
          (error: { code?: string }) =>
            error.code === 'ENOENT'
              ? { kind: 'missing' }
              : { kind: 'unreadable', reason: error.code ?? 'unknown' },
        ),
      stat: (path) =>
        stat(path).then(
          (found) => (found.isDirectory() ? 'directory' : 'file'),
          () => 'missing',
        ),
      list: (path) => readdir(path).catch(() => []),
    },
  };
}
