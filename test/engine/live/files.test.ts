import {
  mkdtemp,
  readdir,
  readFile as readFileHere,
  rm,
  stat,
  writeFile as writeFileHere,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyFromContainer, copyToContainer } from '#engine/operations/copy.ts';
import { EngineError } from '#engine/api/engine-error.ts';
import { execOutput } from '#engine/exec/exec.ts';
import {
  findFile,
  makeFolder,
  ownerAt,
  readFile,
  removeFile,
  renameFile,
  writeFile,
} from '#engine/files/container-files.ts';
import type { FileHost } from '#engine/files/file-host.ts';
import { type FolderEntry, listFolder } from '#engine/files/list-folder.ts';
import { inVolume } from '#engine/files/volume-host.ts';
import { restoreSnapshot, takeSnapshot } from '#engine/files/volume-snapshot.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import { createService, dial, engines, hostOf, never, startService, uniqueProject } from './engine.ts';
import { type Stack, stack } from './stack.ts';

const limit = 1_000_000;
const utf8 = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8');
const bytes = (text: string) => new TextEncoder().encode(text);

/** Everything that can be in a folder. */
const prepare = `mkdir -p /data/folder /data/empty
printf hello >"/data/a file"; chmod 640 "/data/a file"; chown 7:8 "/data/a file"
printf x >/data/folder/inner; printf top >/data/-rf; printf '#!/bin/sh' >/data/run; chmod 4755 /data/run
ln -s folder /data/to-folder; ln -s "a file" /data/to-file; ln -s nowhere /data/to-nothing; ln -s /etc/passwd /data/away
mkfifo /data/pipe; chown 7:8 /data/folder`;

const line = ({ name, kind, leadsTo, size, mode, uid, gid }: FolderEntry) =>
  `${name}: ${kind}${leadsTo === undefined ? '' : ` to ${leadsTo}`} ${mode.toString(8)} ${uid}:${gid}${kind === 'file' ? ` ${size} B` : ''}`;

const all = [
  'empty: folder 755 0:0',
  'folder: folder 755 7:8',
  'to-folder: link to folder 777 0:0',
  '-rf: file 644 0:0 3 B',
  'a file: file 640 7:8 5 B',
  'away: link to file 777 0:0',
  'pipe: other 644 0:0',
  'run: file 4755 0:0 9 B',
  'to-file: link to file 777 0:0',
  'to-nothing: link 777 0:0',
];

describe.each(engines)('files on Engine %s', (_version, engineHost) => {
  let engine: EnginePort;
  let running: FileHost;
  /** Has the same files, does not run, and never asks for a command. */
  let stopped: FileHost;
  const project = uniqueProject(() => engine);
  const sh = async (script: string) =>
    (await execOutput(engine, running.id, { command: ['sh', '-c', script] }, never)).stdout;

  beforeAll(async () => {
    engine = await dial(hostOf(engineHost));
    const web = { service: 'web', script: 'sleep 1000' };
    const id = await startService(engine, project, {
      ...web,
      body: {
        Image: 'busybox',
        HostConfig: { Binds: [`${project}-data:/volume`, `${project}-data:/seen:ro`] },
      },
    });
    running = { id, name: 'web-1', isRunning: true };
    const once = await startService(engine, project, { service: 'once', script: prepare });
    await engine.waitContainer(once, never);
    stopped = { id: once, name: 'once-1', isRunning: false };
    await sh(prepare);
  });
  afterAll(async () => {
    await engine.removeContainer(running.id, { force: true, volumes: true }, never);
    await engine.removeVolume(`${project}-data`, never);
    engine.close();
  });

  it('are listed by a command where a container runs', async () => {
    const { entries, isCut } = await listFolder(engine, running, '/data', never);
    expect(entries.map(line)).toEqual(all);
    expect(isCut).toBe(false);
    expect(Math.abs(Date.now() - (entries[0]?.modifiedAt ?? 0))).toBeLessThan(600_000);
    expect((await listFolder(engine, running, '/data/empty', never)).entries).toEqual([]);
  });

  it('are listed without one where it does not, or where its image holds none', async () => {
    const { entries } = await listFolder(engine, stopped, '/data', never);
    expect(entries.map(line)).toEqual(all);
    const bare = await startService(engine, project, { service: 'bare', script: 'rm /bin/find; sleep 1000' });
    await expect
      .poll(async () =>
        (await listFolder(engine, { id: bare, name: 'bare', isRunning: true }, '/bin', never)).entries.map(
          ({ name }) => name,
        ),
      )
      .not.toContain('find');
    const root = await listFolder(engine, { id: bare, name: 'bare', isRunning: true }, '/', never);
    expect(root.entries.map(({ name }) => name)).toEqual(expect.arrayContaining(['bin', 'etc', 'proc']));
  });

  it('are listed up to a bound where the whole folder has to be read', async () => {
    const { entries, isCut } = await listFolder(engine, stopped, '/', never, {
      bytes: 1_000_000,
      entries: 40,
    });
    expect(isCut).toBe(true);
    expect(entries.map(({ name }) => name)).toContain('bin');
    expect(entries.map(({ name }) => name)).not.toContain('usr');
  });

  it('are read, through links too', async () => {
    for (const host of [running, stopped]) {
      expect(utf8(await readFile(engine, host, '/data/a file', limit, never))).toBe('hello');
      expect(utf8(await readFile(engine, host, '/data/to-file', limit, never))).toBe('hello');
      expect(utf8(await readFile(engine, host, '/data/to-folder/inner', limit, never))).toBe('x');
      expect(utf8(await readFile(engine, host, '/data/-rf', limit, never))).toBe('top');
      expect(await findFile(engine, host, '/data/to-folder', never)).toMatchObject({
        kind: 'folder',
        path: '/data/folder',
        isLinked: true,
      });
    }
  });

  it('are as they are, byte by byte', async () => {
    const content = Uint8Array.from({ length: 300_000 }, (_, at) => (at * 7) % 256);
    await writeFile(engine, running, '/data/binary', content, never);
    expect(Buffer.compare(await readFile(engine, running, '/data/binary', limit, never), content)).toBe(0);
    await writeFile(engine, running, '/data/binary', new Uint8Array(), never);
    expect(await sh('wc -c </data/binary')).toBe('0\n');
    await removeFile(engine, running, '/data/binary', never);
  });

  it('keep owner and mode when they are saved', async () => {
    await writeFile(engine, running, '/data/a file', bytes('changed'), never);
    await writeFile(engine, running, '/data/run', bytes('#!/bin/ash'), never);
    expect(await sh('cat "/data/a file"; stat -c " %a %u:%g" "/data/a file" /data/run')).toBe(
      'changed 640 7:8\n 4755 0:0\n',
    );
    await writeFile(engine, running, '/data/a file', bytes('hello'), never);
  });

  it('are written through a link, which stays one', async () => {
    await writeFile(engine, running, '/data/to-file', bytes('through'), never);
    expect(await sh('readlink /data/to-file; cat "/data/a file"')).toBe('a file\nthrough');
    await writeFile(engine, running, '/data/to-file', bytes('hello'), never);
  });

  it('are made for whom their folder belongs to', async () => {
    const long = `${'long'.repeat(50)}.txt`;
    for (const name of ['new', long])
      await writeFile(engine, running, `/data/folder/${name}`, bytes('n'), never);
    await makeFolder(engine, running, '/data/to-folder/sub', never);
    expect(await sh('cd /data/folder; stat -c "%a %u:%g %n" new long* sub')).toBe(
      `644 7:8 new\n644 7:8 ${long}\n755 7:8 sub\n`,
    );
    await writeFile(engine, stopped, '/data/folder/new', bytes('n'), never);
    expect((await listFolder(engine, stopped, '/data/folder', never)).entries.map(line)).toEqual([
      'inner: file 644 0:0 1 B',
      'new: file 644 7:8 1 B',
    ]);
  });

  it('are removed and renamed by commands', async () => {
    await renameFile(engine, running, '/data/-rf', '/data/renamed', never);
    await renameFile(engine, running, '/data/renamed', '/data/-rf', never);
    await makeFolder(engine, running, '/data/gone', never);
    await writeFile(engine, running, '/data/gone/-f', bytes('n'), never);
    await removeFile(engine, running, '/data/gone', never);
    expect(await sh('ls /data | wc -l')).toBe('10\n');
    await expect(removeFile(engine, stopped, '/data/-rf', never)).rejects.toMatchObject({
      kind: 'unsupported',
      message: 'Files can be deleted and renamed only in a running container. Start once-1 first.',
    });
  });

  it('are copied here and back, folders too, for whom it is said', async () => {
    const here = await mkdtemp(join(tmpdir(), 'composure-files-'));
    try {
      await copyFromContainer(engine, stopped.id, '/data/folder', join(here, 'folder'), {}, never);
      expect(await readFileHere(join(here, 'folder/inner'), 'utf8')).toBe('x');
      await copyFromContainer(engine, running.id, '/data/a file', join(here, 'other'), {}, never);
      expect(await readFileHere(join(here, 'other'), 'utf8')).toBe('hello');
      await sh(
        'mkdir /data/linked; cd /data/linked; printf two >a; ln a b; ln -s a c; ln c d; mkfifo pipe; truncate -s 64M holes',
      );
      expect(await copyFromContainer(engine, running.id, '/data/linked', here, {}, never)).toEqual([
        { path: 'linked/pipe', why: 'special' },
      ]);
      await sh('rm -r /data/linked');
      for (const name of ['a', 'b', 'c', 'd'])
        expect(await readFileHere(join(here, 'linked', name), 'utf8')).toBe('two');
      const { size, blocks } = await stat(join(here, 'linked/holes'));
      expect([size, blocks * 512 < 2 ** 20]).toEqual([64 * 2 ** 20, true]);
      const owner = await ownerAt(engine, running, '/data/folder', never);
      await copyToContainer(engine, running.id, join(here, 'folder'), '/data/empty', { owner }, never);
      await copyToContainer(engine, running.id, join(here, 'other'), '/data/empty', { owner }, never);
      expect(
        await sh('cd /data/empty; cat folder/inner other; stat -c " %u:%g" folder folder/inner other'),
      ).toBe('xhello 7:8\n 7:8\n 7:8\n');
    } finally {
      await removeFile(engine, running, '/data/empty/folder', never);
      await rm(here, { recursive: true });
    }
  });

  it('that are mounted as such are written in place', async () => {
    const before = await readFile(engine, running, '/etc/hosts', limit, never);
    await writeFile(engine, running, '/etc/hosts', bytes(`${utf8(before)}# ours\n`), never);
    expect(await sh('tail -n 1 /etc/hosts')).toBe('# ours\n');
  });

  it('that cannot be had or written say why', async () => {
    const reason = (work: Promise<unknown>) =>
      work.then(
        () => 'done',
        (error: unknown) =>
          error instanceof EngineError ? `${error.kind}: ${error.message}` : String(error),
      );
    expect(await reason(readFile(engine, running, '/data/none', limit, never))).toBe(
      'not-found: /data/none does not exist in web-1.',
    );
    expect(await reason(readFile(engine, running, '/data', limit, never))).toBe(
      'invalid: /data is not a file.',
    );
    expect(await reason(readFile(engine, running, '/data/a file', 4, never))).toMatch(
      /^invalid: \/data\/a file is 0\.0 MB, larger than the limit .* Download it instead\.$/,
    );
    expect(await reason(writeFile(engine, running, '/seen/x', bytes('x'), never))).toBe(
      'invalid: /seen/x is read-only in web-1.',
    );
    expect(await reason(writeFile(engine, running, '/none/x', bytes('x'), never))).toMatch(/^not-found: /);
    const gone = { id: 'f'.repeat(64), name: 'gone-1', isRunning: true };
    expect(await reason(readFile(engine, gone, '/data/none', limit, never))).toBe(
      'not-found: The container gone-1 no longer exists. It was removed or replaced by a new one.',
    );
  });

  it('of a volume are seen through a container that may write it', async () => {
    const name = `${project}-data`;
    const root = await inVolume(
      engine,
      name,
      async ({ host, root }) => {
        await writeFile(engine, host, `${root}/note`, bytes('kept'), never);
        return `${host.name} ${root}`;
      },
      never,
    );
    expect(root).toBe(`${project}-web-1 /volume`);
    expect(await sh('cat /seen/note')).toBe('kept');
  });

  it('of a volume that nothing uses are seen through a container that is made for it and goes again', async () => {
    const name = `${project}-alone`;
    await engine.createVolume({ Name: name }, never);
    const id = await createService(engine, project, {
      service: 'writer',
      script: 'true',
      body: { Image: 'busybox', HostConfig: { Binds: [`${name}:/v`] } },
    });
    await writeFile(engine, { id, name: 'writer', isRunning: false }, '/v/note', bytes('alone'), never);
    await engine.removeContainer(id, { force: true }, never);
    const here = async () =>
      (await engine.listContainers({ labels: ['composure.volume'], all: true }, never)).length;
    const seen = await inVolume(
      engine,
      name,
      async ({ host, root }) => ({
        helpers: await here(),
        names: (await listFolder(engine, host, root, never)).entries.map((entry) => entry.name),
        text: utf8(await readFile(engine, host, `${root}/note`, limit, never)),
      }),
      never,
    );
    expect(seen).toEqual({ helpers: 1, names: ['note'], text: 'alone' });
    expect(await here()).toBe(0);
    await engine.removeVolume(name, never);
    await expect(inVolume(engine, name, async () => 'made', never)).rejects.toMatchObject({
      kind: 'not-found',
    });
  });
});

describe.each(engines)('a snapshot of a volume on Engine %s', (_version, engineHost) => {
  let engine: EnginePort;
  let folder: string;
  let file: string;
  const project = uniqueProject(() => engine);
  const volume = () => `${project}-kept`;
  const withVolume = async (script: string) => {
    const id = await startService(engine, project, {
      service: 'writer',
      script: 'sleep 1000',
      body: { Image: 'busybox', HostConfig: { Binds: [`${volume()}:/data`] } },
    });
    const { stdout } = await execOutput(engine, id, { command: ['sh', '-c', script] }, never);
    await engine.removeContainer(id, { force: true }, never);
    return stdout;
  };
  /** Kind, mode, owner, links, time, name; where a link leads; what a file holds. */
  const listing = `cd /data; find . | sort | while read -r f; do stat -c '%F %a %u:%g %h %Y %n' "$f"; [ ! -L "$f" ] || readlink "$f"; [ ! -f "$f" ] || md5sum < "$f"; done`;

  beforeAll(async () => {
    engine = await dial(hostOf(engineHost));
    folder = await mkdtemp(join(tmpdir(), 'composure-snapshot-'));
    file = join(folder, 'data.tar.gz');
    await engine.createVolume({ Name: volume() }, never);
    await withVolume(`${prepare}; cd /data; ln folder/inner hard; printf '' > .hidden; mkdir ..odd; chown 70:70 .
      dd if=/dev/urandom of=large bs=1k count=300 2>/dev/null; seq 100 | while read -r n; do echo $n > folder/$n; done`);
  });
  afterAll(async () => {
    await engine.removeVolume(volume(), never);
    await rm(folder, { recursive: true, force: true });
    engine.close();
  });

  it('restores all that was there, and nothing else', async () => {
    const before = await withVolume(listing);
    const told: number[] = [];
    const size = await takeSnapshot(engine, volume(), file, (bytes) => told.push(bytes), never);
    expect((await stat(file)).size).toBe(size);
    expect(told.at(-1)).toBeGreaterThan(300_000);
    await withVolume('cd /data; rm -r folder hard; echo new > .added; echo changed > large; chown 0:0 .');
    await restoreSnapshot(engine, volume(), file, () => {}, never);
    expect(await withVolume(listing)).toBe(before);
    expect(before).toMatch(/regular file 644 0:0 2 .*\.\/folder\/inner/);
    expect(await engine.listContainers({ labels: ['composure.volume'], all: true }, never)).toEqual([]);
  });

  it('is not restored from a file that is damaged, or under a container that runs: nothing changes', async () => {
    const before = await withVolume(listing);
    const whole = await readFileHere(file);
    const damaged = join(folder, 'damaged.tar.gz');
    await writeFileHere(damaged, whole.subarray(0, whole.length - 2000));
    await expect(restoreSnapshot(engine, volume(), damaged, () => {}, never)).rejects.toMatchObject({
      kind: 'invalid',
    });
    const id = await startService(engine, project, {
      service: 'user',
      script: 'sleep 1000',
      body: { Image: 'busybox', HostConfig: { Binds: [`${volume()}:/data`] } },
    });
    await expect(restoreSnapshot(engine, volume(), file, () => {}, never)).rejects.toMatchObject({
      kind: 'conflict',
    });
    await engine.removeContainer(id, { force: true }, never);
    expect(await withVolume(listing)).toBe(before);
  });

  it('that is given up leaves neither a file nor a container', async () => {
    const abort = new AbortController();
    const half = join(folder, 'half.tar.gz');
    const taking = takeSnapshot(engine, volume(), half, () => abort.abort(), abort.signal);
    await expect(taking).rejects.toThrow();
    expect((await readdir(folder)).sort()).toEqual(['damaged.tar.gz', 'data.tar.gz']);
    expect(await engine.listContainers({ labels: ['composure.volume'], all: true }, never)).toEqual([]);
  });
});

describe.each(engines)('configs and secrets on Engine %s', (_version, host) => {
  let app: Stack;
  beforeAll(async () => {
    app = await stack(
      hostOf(host),
      `services:
  web:
    image: busybox
    init: true
    command: sleep 1000
    configs:
      - {source: settings, target: /etc/${'n'.repeat(120)}, mode: 0440}
      - {source: settings, target: /etc/${'d'.repeat(200)}/${'f'.repeat(200)}, uid: "3000000"}
    secrets: [{source: token, target: ${'s'.repeat(120)}}]
configs: {settings: {content: "a=1"}}
secrets: {token: {environment: TOKEN}}
`,
    );
    app.environment.TOKEN = 't0k';
  });
  afterAll(() => app.remove());

  it('take names of any length, and owners with any number', async () => {
    const { code, err } = await app.compose('up', '-d');
    expect(code, err).toBe(0);
    const script = `cat /etc/n*; stat -c ' %a' /etc/n*; cat /etc/d*/f*; stat -c ' %u' /etc/d*/f*; cat /run/secrets/s*; ls /run/secrets | wc -c`;
    const seen = await app.docker('exec', `${app.name}-web-1`, 'sh', '-c', script);
    expect(seen.out, seen.err).toBe('a=1 440\na=1 3000000\nt0k121\n');
  });
});
