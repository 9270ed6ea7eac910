import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { load } from '#compose/load/load.ts';
import { RemoteCache } from '#compose/load/remote-cache.ts';
import type { LoadResult } from '#compose/load/request.ts';
import { formatPhrase } from '#compose/problem/format-phrase.ts';
import { phrase } from '#compose/problem/phrase.ts';
import { diskFiles } from '#disk/disk-files.ts';
import { nodeHost } from '#engine/project/disk-host.ts';
import { fetchedFiles, type RemoteAccess } from '#engine/remote/fetch-remote.ts';
import { runCommand } from '../../cli/run-command.ts';
import { address, makeRepository, type Repository } from './repository.ts';

const files = {
  'compose.yaml': `services:
  web:
    image: web:\${TAG:-1}
    build: ./web
    env_file: web.env
    volumes: [./data:/data]
`,
  'web.env': 'COLOR=blue\n',
  '.env': 'TAG=from-repository\n',
  'deep/base.yaml':
    'services:\n  base: {image: base, build: ./ctx}\n  other: {extends: {file: ../compose.yaml, service: web}}\n',
  'deep/compose.yml': 'include: [base.yaml]\n',
};

let repository: Repository;
let project: string;
beforeEach(() => {
  repository = makeRepository(files);
  project = join(repository.folder, '..', 'project');
  mkdirSync(project);
});

function access(more: Partial<RemoteAccess> = {}): RemoteAccess {
  const { environment } = repository;
  return {
    files: diskFiles(),
    environment,
    home: environment.HOME ?? '',
    signal: new AbortController().signal,
    now: () => Date.UTC(2030, 0, 2, 3, 4),
    ...more,
  };
}

async function loaded(compose: string, more: Partial<RemoteAccess> = {}): Promise<LoadResult> {
  const { environment } = repository;
  writeFileSync(join(project, 'compose.yaml'), compose);
  const host = nodeHost(environment, environment.HOME);
  return load({ ...host, remote: fetchedFiles(access(more)) }, { cwd: project });
}

afterEach(() => rmSync(join(repository.folder, '..'), { recursive: true, force: true }));

const said = ({ problems }: LoadResult) => problems.map(({ message }) => formatPhrase(message));
const cacheFolder = (commit: string) =>
  join(repository.environment.HOME ?? '', '.cache/docker-compose', commit);

describe('a project with files of a Git repository', () => {
  it('includes it, with paths in what was fetched, and its .env', async () => {
    const commit = repository.git('rev-parse', 'HEAD');
    const result = await loaded(`include: ["${address}"]\n`);
    expect(said(result)).toEqual([]);
    const web = result.loaded?.project.services.web;
    expect(web?.image).toBe('web:from-repository');
    expect(web?.environment).toEqual({ COLOR: 'blue' });
    expect(web?.build?.context).toBe(join(cacheFolder(commit), 'web'));
    expect(web?.volumes?.[0]?.source).toBe(join(cacheFolder(commit), 'data'));
  });

  it('takes a branch and a folder, and includes within the repository', async () => {
    const commit = repository.git('rev-parse', 'HEAD');
    const result = await loaded(`include: ["${address}#main:deep"]\n`);
    expect(said(result)).toEqual([]);
    expect(result.loaded?.project.services.base?.build?.context).toBe(join(cacheFolder(commit), 'deep/ctx'));
  });

  it('extends a service of a file in it; its paths are relative to the root of what was fetched', async () => {
    const commit = repository.git('rev-parse', 'HEAD');
    const file = `${address}#main:deep/base.yaml`;
    const result = await loaded(`services: {a: {extends: {file: "${file}", service: base}}}\n`);
    expect(said(result)).toEqual([]);
    expect(result.loaded?.project.services.a?.build?.context).toBe(join(cacheFolder(commit), 'ctx'));
  });

  it('is asked for once, and fetches a commit once', async () => {
    const asked: string[] = [];
    const compose = `include: ["${address}"]\nservices: {b: {extends: {file: "${address}", service: web}}}\n`;
    const first = await loaded(compose, {
      mayUse: async ({ shown }, version) => {
        asked.push(`${shown} ${version}`);
        return undefined;
      },
    });
    expect(said(first)).toEqual([]);
    const commit = repository.git('rev-parse', 'HEAD');
    expect(asked).toEqual([`${address} ${commit}`]);
    // What is there is not fetched again: a mark in it stays.
    writeFileSync(join(cacheFolder(commit), 'mark'), '');
    await loaded(compose);
    expect(readFileSync(join(cacheFolder(commit), 'mark'), 'utf8')).toBe('');
  });

  it('sees a new commit of a branch, and not of a commit', async () => {
    const first = repository.git('rev-parse', 'HEAD');
    repository.commit({ 'compose.yaml': 'services: {web: {image: newer}}\n' });
    const image = async (ref: string) =>
      (await loaded(`include: ["${address}#${ref}"]\n`)).loaded?.project.services.web?.image;
    expect(await image('main')).toBe('newer');
    expect(await image(first)).toBe('web:from-repository');
  });

  it('is loaded offline from the cache, with a warning that says since when', async () => {
    const compose = `include: ["${address}"]\n`;
    await loaded(compose);
    const commit = repository.git('rev-parse', 'HEAD');
    renameSync(repository.folder, `${repository.folder}-away`);
    const result = await loaded(compose);
    expect(result.loaded?.project.services.web?.image).toBe('web:from-repository');
    expect(said(result)).toEqual([
      expect.stringMatching(
        new RegExp(
          `^${address} cannot be asked for news: .*What it was on 2030-01-02 03:04 UTC is used, version ${commit.slice(0, 12)}\\.$`,
        ),
      ),
    ]);
    // A commit needs no server at all.
    expect(said(await loaded(`include: ["${address}#${commit}"]\n`))).toEqual([]);
  });

  it('fetches again what a failed attempt left', async () => {
    const commit = repository.git('rev-parse', 'HEAD');
    mkdirSync(join(cacheFolder(commit), '.git'), { recursive: true });
    expect(said(await loaded(`include: ["${address}#${commit}"]\n`))).toEqual([]);
  });

  it('does not ask a server that may not be asked, nor use what is not wanted', async () => {
    const refuse = async () => phrase('remote-file.off', { name: address });
    const message = `${address} is not fetched, because the setting "composure.remote" does not allow it.`;
    expect(said(await loaded(`include: ["${address}"]\n`, { mayAsk: refuse }))).toEqual([message]);
    expect(said(await loaded(`include: ["${address}"]\n`, { mayUse: refuse }))).toEqual([message]);
    const commit = repository.git('rev-parse', 'HEAD');
    expect(await diskFiles().stat(cacheFolder(commit))).toBe('missing');
  });

  it('says what is wrong with an address, at its place', async () => {
    const problemOf = async (text: string) => said(await loaded(`include: ["${text}"]\n`));
    expect(await problemOf(`${address}#nowhere`)).toEqual([
      `${address}#nowhere cannot be fetched: the repository has no branch or tag nowhere`,
    ]);
    expect(await problemOf(`${address}#main:absent`)).toEqual([
      `${address}#main:absent contains no Compose file at absent.`,
    ]);
    expect(await problemOf(`${address}#main:../../..`)).toEqual([
      `${address}#main:../../.. contains no Compose file at ../../...`,
    ]);
    expect(await problemOf('https://example.test/compose.yaml')).toEqual([
      expect.stringContaining('is not an address that Docker Compose fetches'),
    ]);
    const { problems } = await loaded(`include: ["${address}#nowhere"]\n`);
    expect(problems[0]?.span).toMatchObject({ start: 10 });
  });

  it('runs no program that an address or a repository names', async () => {
    const mark = join(repository.folder, '..', 'mark');
    const settings = repository.environment.GIT_CONFIG_GLOBAL ?? '';
    writeFileSync(
      settings,
      `${readFileSync(settings, 'utf8')}[url "ext::touch ${mark} %S "]\ninsteadOf = https://evil.test/\n`,
    );
    expect(said(await loaded('include: ["https://evil.test/x.git"]\n'))).toEqual([
      expect.stringContaining("transport 'ext' not allowed"),
    ]);
    for (const text of [`ssh://-oProxyCommand=touch%20${mark}/x.git`, `git@-oProxyCommand:x.git`])
      expect(said(await loaded(`include: ["${text}"]\n`))).toHaveLength(1);
    expect(said(await loaded(`include: ["${address}#--upload-pack=touch ${mark}"]\n`))).toHaveLength(1);
    expect(await diskFiles().stat(mark)).toBe('missing');
  });

  it('does not follow a link of the repository out of it', async () => {
    writeFileSync(join(project, 'secret.yaml'), 'services: {a: {image: secret}}\n');
    symlinkSync(join(project, 'secret.yaml'), join(repository.folder, 'link.yaml'));
    repository.commit({});
    expect(said(await loaded(`include: ["${address}#main:link.yaml"]\n`))).toEqual([
      `${address}#main:link.yaml contains no Compose file at link.yaml.`,
    ]);
  });

  it('is read from the cache alone by who fetches nothing', async () => {
    const { environment } = repository;
    const cache = new RemoteCache({
      files: diskFiles(),
      environment,
      home: environment.HOME ?? '',
      platform: 'posix',
    });
    writeFileSync(join(project, 'compose.yaml'), `include: ["${address}"]\n`);
    const read = () => load({ ...nodeHost(environment), remote: cache }, { cwd: project });
    expect(said(await read())).toEqual([
      `${address} has not been fetched yet. Fetch it, or run the project once.`,
    ]);
    await loaded(`include: ["${address}"]\n`);
    expect(said(await read())).toEqual([]);
    // Nothing at all where nothing outside the workspace may be read.
    const confined = await load(
      { ...nodeHost(environment), remote: cache },
      { cwd: project, confinedTo: project },
    );
    expect(said(confined)).toEqual([expect.stringContaining('nothing is fetched in this place')]);
  });

  it('the command line takes it with -f: name and .env of where one stands, paths of what was fetched', async () => {
    const commit = repository.git('rev-parse', 'HEAD');
    writeFileSync(join(project, '.env'), 'TAG=here\n');
    const { output, errors } = await runCommand(['-f', `${address}#main`, 'config'], {
      cwd: project,
      environment: repository.environment,
    });
    expect(errors).toBe('');
    expect(output).toContain('name: project\n');
    expect(output).toContain('image: web:here\n');
    expect(output).toContain(`context: ${join(cacheFolder(commit), 'web')}\n`);
  });

  it('up asks about variables as Docker Compose does, and no answer is a no', async () => {
    const { status, output, errors } = await runCommand(['-f', address, 'up', '-d'], {
      cwd: project,
      environment: { ...repository.environment, DOCKER_HOST: 'unix:///nowhere/docker.sock' },
    });
    const commit = repository.git('rev-parse', 'HEAD');
    expect(output).toBe(
      `Your compose stack "${address}" is stored in "${cacheFolder(commit)}"

Found the following variables in configuration:
VARIABLE   VALUE   SOURCE         REQUIRED   DEFAULT
TAG        1       compose file   no         1

Do you want to proceed with these variables? [Y/n]: `,
    );
    expect(errors).toBe('operation cancelled by user\n');
    expect(status).toBe(1);
  });
});
