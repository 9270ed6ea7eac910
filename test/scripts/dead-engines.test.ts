import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claim, ownerOf } from '../../scripts/lib/cache.mjs';
import { removeDeadEngines } from '../../scripts/lib/dead-engines.mjs';
import { identityOf } from '../../scripts/lib/processes.mjs';

describe('what engines leave that were killed', () => {
  let parent: string;
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'composure-dead-'));
  });
  afterEach(() => rm(parent, { recursive: true, force: true }));

  async function engine(name: string, files: Readonly<Record<string, string>>): Promise<string> {
    const home = join(parent, `composure-engine-${name}`);
    await mkdir(home);
    for (const [file, text] of Object.entries(files)) await writeFile(join(home, file), text);
    return home;
  }
  const left = async () => {
    await removeDeadEngines(parent);
    return (await readdir(parent)).map((name) => name.slice('composure-engine-'.length)).sort();
  };

  it('goes, and what lives stays: by its owner, or by its daemon that is on its way out', async () => {
    await claim(join(await engine('living', {}), 'owner'));
    await engine('killed', { owner: `${process.pid} 1`, pid: '999999999' });
    const ending = await engine('ending', { owner: '999999999 1' });
    const daemon = spawn('/bin/sh', ['-c', 'read line', `${ending}/docker.sock`], {
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    await writeFile(join(ending, 'pid'), `${daemon.pid}\n`);
    await expect.poll(() => identityOf(daemon.pid ?? -1)).toBeDefined();
    expect(await left()).toEqual(['ending', 'living']);
    const ended = new Promise((resolve) => daemon.on('close', resolve));
    daemon.stdin.end();
    await ended;
    expect(await left()).toEqual(['living']);
  });

  it('is not taken for dead while its folder is new', async () => {
    const home = await engine('making', {});
    expect(await left()).toEqual(['making']);
    await utimes(home, 1, 1);
    expect(await left()).toEqual([]);
  });

  it('tells a process from a later one with the same id', async () => {
    const file = join(parent, 'claim');
    expect(await claim(file)).toBe(true);
    expect(await ownerOf(file)).toBe('alive');
    expect(await claim(file)).toBe(false);
    await writeFile(file, `${process.pid} 1`);
    expect(await ownerOf(file)).toBe('dead');
    expect(await claim(file)).toBe(false);
    expect(await claim(file)).toBe(true);
  });
});
