// What an engine leaves that was killed: mounts, and by them network namespaces. An overlay network's device lives on in such a namespace, and the kernel then
// refuses every other engine of the machine a network of the same number: no swarm works any more.
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claim, ownerOf } from './cache.mjs';
import { run } from './processes.mjs';

/** In an engine's folder: who started it. */
const ownerFile = 'owner';

/** An engine whose owner is not known yet is left alone for this long, in milliseconds: its folder is there before its owner's file. */
const grace = 60_000;

/** A folder for an engine of this process. @returns {Promise<string>} */
export async function makeHome() {
  const home = await mkdtemp(join(tmpdir(), 'composure-engine-'));
  await claim(join(home, ownerFile));
  return home;
}

/**
 * Removes what is left of engines whose owner and whose daemon have died. Those that live are not touched.
 *
 * @param {string} [parent] Where their folders are.
 */
export async function removeDeadEngines(parent = tmpdir()) {
  const names = (await readdir(parent)).filter((name) => /^composure-engine-\w{6}$/.test(name));
  for (const name of names) {
    const home = join(parent, name);
    if (!(await isDead(home))) continue;
    // What cannot be removed is in the way of nobody.
    await removeHome(home).catch(() => {});
  }
}

/** @param {string} home */
async function isDead(home) {
  const owner = await ownerOf(join(home, ownerFile));
  if (owner === 'alive' || (await hasDaemon(home))) return false;
  if (owner === 'dead') return true;
  const made = await stat(home).catch(() => undefined);
  return made !== undefined && Date.now() - made.mtimeMs > grace;
}

/** Its owner may have died and the daemon be on its way out. @param {string} home */
async function hasDaemon(home) {
  const pid = (await readFile(join(home, 'pid'), 'utf8').catch(() => '')).trim();
  const command = pid === '' ? '' : await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return command.includes(`${home}/`);
}

/**
 * Removes an engine's folder, unless something is still mounted there: that may be a folder of the machine, bound as a volume.
 *
 * @param {string} home
 */
export async function removeHome(home) {
  await unmountBelow(home);
  if ((await mountsBelow(home)).length === 0) await rm(home, { recursive: true, force: true });
}

/** A daemon that had to be killed leaves its mounts. @param {string} folder */
export async function unmountBelow(folder) {
  // The innermost first.
  const points = (await mountsBelow(folder)).sort((a, b) => b.length - a.length);
  for (const point of points) await run('umount', ['--lazy', point], { acceptFailure: true });
}

/** @param {string} folder */
async function mountsBelow(folder) {
  const mounts = await readFile('/proc/mounts', 'utf8').catch(() => '');
  return mounts
    .split('\n')
    .map((line) => line.split(' ')[1] ?? '')
    .filter((point) => point.startsWith(`${folder}/`));
}
