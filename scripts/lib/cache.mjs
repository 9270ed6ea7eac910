// Downloads and what is built from them live outside the checkout, so that a second run is quick and a clean clone stays clean.
import { mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { identityOf, waitFor } from './processes.mjs';

/** `$XDG_CACHE_HOME/composure`, or `~/.cache/composure`. */
export function cacheFolder() {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'composure');
}

/**
 * A folder of the cache, built once: `build` runs only when no earlier run finished it, and never twice at the same time, whatever
 * number of processes ask. A build that failed or was interrupted leaves nothing that counts.
 *
 * @template T
 * @param {string} name Change it when the recipe changes: an old folder is never reused under a new name.
 * @param {(folder: string) => Promise<T>} build Its JSON result is remembered.
 * @returns {Promise<T & { folder: string }>}
 */
export async function buildOnce(name, build) {
  const folder = join(cacheFolder(), name);
  const ready = join(folder, 'ready.json');
  const done = async () => {
    const text = await readFile(ready, 'utf8').catch(() => undefined);
    return text === undefined ? undefined : { ...JSON.parse(text), folder };
  };
  return (
    (await done()) ??
    withLock(name, async () => {
      const built = await done();
      if (built) return built;
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder, { recursive: true });
      const result = await build(folder);
      await writeFile(ready, JSON.stringify(result));
      return { ...result, folder };
    })
  );
}

/**
 * Runs `work` while no other process holds the lock of that name. The lock of a process that has died is taken over.
 *
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(name, work) {
  const file = join(cacheFolder(), `${name}.lock`);
  await mkdir(cacheFolder(), { recursive: true });
  await waitFor(`the lock ${file}`, 20 * 60_000, () => claim(file), 200);
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

/** Makes this process the owner of `file`, unless a living one is. @param {string} file */
export async function claim(file) {
  try {
    const handle = await open(file, 'wx');
    await handle.writeFile(String(identityOf(process.pid)));
    await handle.close();
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
  }
  if ((await ownerOf(file)) === 'dead') await rm(file, { force: true });
  return false;
}

/**
 * What is known of the process that made itself the owner of `file`. `unknown`: there is no such file, or it is being written.
 *
 * @param {string} file
 * @returns {Promise<'alive' | 'dead' | 'unknown'>}
 */
export async function ownerOf(file) {
  const owner = await readFile(file, 'utf8').catch(() => '');
  if (owner === '') return 'unknown';
  return identityOf(Number.parseInt(owner, 10)) === owner ? 'alive' : 'dead';
}
