// Debian's packages, two ways: extracted into a folder of ours with everything they need (nothing is installed), or installed.
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withLock } from './cache.mjs';
import { run } from './processes.mjs';

/** Why Debian's packages cannot be had here, or `undefined` if they can. */
export async function whyNoDebian() {
  if (process.platform !== 'linux') return `needs Linux with apt, this is ${process.platform}`;
  const apt = await run('apt-get', ['--version'], { acceptFailure: true }).catch(() => undefined);
  return apt?.code === 0 ? undefined : 'needs apt-get (Debian), which is not here';
}

/**
 * Downloads packages of a suite with all their dependencies, libc included, and extracts them below `folder/root`. The machine's own
 * package state is neither used nor changed; its mirror and proxy settings are.
 *
 * @param {string} suite For example `bookworm`.
 * @param {readonly string[]} names
 * @param {string} folder
 */
export async function extractPackages(suite, names, folder) {
  const apt = join(folder, 'apt');
  await mkdir(join(apt, 'lists/partial'), { recursive: true });
  await mkdir(join(apt, 'cache/archives/partial'), { recursive: true });
  await writeFile(join(apt, 'status'), '');
  await writeFile(join(apt, 'sources.list'), `deb ${await mirror()} ${suite} main\n`);
  const own = [
    `Dir::State::lists=${apt}/lists`,
    `Dir::State::status=${apt}/status`,
    `Dir::State::extended_states=${apt}/extended_states`,
    `Dir::Etc::sourcelist=${apt}/sources.list`,
    'Dir::Etc::sourceparts=-',
    'Dir::Etc::preferences=-',
    'Dir::Etc::preferencesparts=-',
    `Dir::Cache=${apt}/cache`,
    'Acquire::Languages=none',
    'APT::Sandbox::User=root',
    'Acquire::Retries=3',
  ].flatMap((option) => ['-o', option]);
  await run('apt-get', [...own, 'update']);
  await run('apt-get', [...own, 'install', '-y', '--no-install-recommends', '--download-only', ...names]);

  const root = join(folder, 'root');
  const archives = join(apt, 'cache/archives');
  for (const file of await readdir(archives)) {
    if (file.endsWith('.deb')) await run('dpkg', ['-x', join(archives, file), root]);
  }
  return root;
}

/** The address apt itself takes Debian's packages from. */
async function mirror() {
  const { stdout } = await run('apt-get', ['indextargets', '--format', '$(ORIGIN)|$(COMPONENT)|$(REPO_URI)']);
  const sites = stdout.split('\n').map((line) => line.split('|'));
  // The origin is known only once `apt-get update` has run; before that, the first `main` of a Debian-looking address.
  const found =
    sites.find(
      ([origin, component, uri]) => origin === 'Debian' && component === 'main' && !uri?.includes('security'),
    ) ?? sites.find(([, component, uri]) => component === 'main' && uri?.includes('/debian/'));
  return found?.[2] ?? 'http://deb.debian.org/debian/';
}

/**
 * Installs what is missing of `names`; with nothing missing it costs one `dpkg-query`. Needs root.
 *
 * @param {readonly string[]} names
 */
export async function installPackages(names) {
  const missing = async () => {
    const { stdout } = await run('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\n', ...names], {
      acceptFailure: true,
    });
    const installed = new Set(
      stdout
        .split('\n')
        .filter((line) => line.endsWith(' installed'))
        .map((line) => line.split(' ')[0]),
    );
    return names.filter((name) => !installed.has(name));
  };
  if ((await missing()).length === 0) return;
  if (process.getuid?.() !== 0)
    throw new Error(`needs the Debian packages ${names.join(', ')}: install them, or run as root`);
  await withLock('apt', async () => {
    const wanted = await missing();
    if (wanted.length === 0) return;
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const patient = ['-o', 'DPkg::Lock::Timeout=600', '-o', 'Acquire::Retries=3'];
    await run('apt-get', [...patient, 'update'], { env, acceptFailure: true });
    await run('apt-get', [...patient, 'install', '-y', '--no-install-recommends', ...wanted], { env });
  });
}
