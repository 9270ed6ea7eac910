// A private, real Docker Engine: extracted from Debian's packages (nothing is installed), with folders, a socket and addresses of its
// own, so that the user's engine is never touched and several can run side by side.
import { chmod, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { buildOnce, claim } from './cache.mjs';
import { makeHome, removeDeadEngines, removeHome, unmountBelow } from './dead-engines.mjs';
import { extractPackages, whyNoDebian } from './debian.mjs';
import { callEngine, removeEverythingRunning } from './engine-api.mjs';
import { Fatal, run, startProcess, waitFor } from './processes.mjs';
import { linkPrograms } from './programs.mjs';

/** The newest engine the project is tested with, and the oldest it supports (API 1.41). */
export const engineVersions = /** @type {const} */ (['28.5', '20.10']);

/** @typedef {(typeof engineVersions)[number]} EngineVersion */

/**
 * @typedef {object} Engine
 * @property {string} socket Path of its socket.
 * @property {string} host The same as a value for `DOCKER_HOST`.
 * @property {string} version As the daemon tells it.
 * @property {string} apiVersion
 * @property {InstalledEngine} installed
 * @property {() => string} output The last lines of the daemon's own log.
 * @property {() => Promise<void>} stop Ends every container and the daemon, and removes its networks and, unless `dir` was given, its data.
 */

/**
 * @typedef {object} InstalledEngine
 * @property {string} folder
 * @property {string} bin `dockerd`, `docker` and what they start.
 * @property {string} busybox A static busybox, for images.
 * @property {NodeJS.ProcessEnv} env For running a program of `bin`: the `docker` there finds its own `compose` and `buildx`.
 */

const packages = {
  28.5: { suite: 'forky', names: ['docker.io', 'docker-cli', 'docker-compose', 'docker-buildx'] },
  '20.10': { suite: 'bookworm', names: ['docker.io'] },
};

const programs = [
  ...[
    'dockerd',
    'docker',
    'docker-proxy',
    'docker-compose',
    'docker-buildx',
    'containerd',
    'containerd-shim-runc-v2',
    'runc',
  ],
  ...['containerd-shim', 'ctr', 'xtables-nft-multi', 'tini-static'],
];

/** Why a private engine cannot run here, or `undefined` if it can. */
export async function whyNoEngine() {
  if (process.platform === 'linux' && process.getuid?.() !== 0) return 'needs root to run a Docker Engine';
  return whyNoDebian();
}

/**
 * Downloads and extracts an engine into the cache; a second call only looks there.
 *
 * @param {EngineVersion} [version]
 * @returns {Promise<InstalledEngine>}
 */
export async function installEngine(version = '28.5') {
  const { suite, names } = packages[version];
  const { folder, busybox, extensions } = await buildOnce(`engine-${version}-${suite}-1`, async (target) => {
    const root = await extractPackages(
      suite,
      [...names, 'iptables', 'tini', 'busybox-static', 'patchelf', 'libstdc++6'],
      target,
    );
    const { find, everyFile } = await linkPrograms(root, target, programs);
    const busyboxFile = find('busybox');
    const extension = everyFile.find((file) => basename(file) === 'libxt_conntrack.so');
    if (!busyboxFile) throw new Error(`the packages of ${suite} lack busybox`);
    for (const name of ['iptables', 'ip6tables', 'iptables-save', 'iptables-restore']) {
      await symlink(join(target, 'bin/xtables-nft-multi'), join(target, 'bin', name));
    }
    await mkdir(join(target, 'cli'));
    await writeFile(
      join(target, 'cli/config.json'),
      JSON.stringify({ cliPluginsExtraDirs: [join(target, 'bin')] }),
    );
    await rm(join(target, 'apt'), { recursive: true, force: true });
    await chmod(busyboxFile, 0o755);
    return { busybox: busyboxFile, extensions: extension ? join(extension, '..') : '' };
  });
  const bin = join(folder, 'bin');
  return {
    folder,
    bin,
    busybox,
    env: {
      PATH: `${bin}:${process.env.PATH}`,
      DOCKER_CONFIG: join(folder, 'cli'),
      XTABLES_LIBDIR: extensions,
    },
  };
}

/**
 * Starts an engine and waits until it answers.
 *
 * @param {{ version?: EngineVersion, dir?: string, options?: readonly string[], log?: (text: string) => void }} [options]
 *   `dir` keeps the engine's data, images first of all, from one start to the next; without it they go when the engine stops.
 *   `options`: further ones of `dockerd`.
 * @returns {Promise<Engine>}
 */
export async function startEngine({ version = '28.5', dir, options = [], log } = {}) {
  const installed = await installEngine(version);
  await removeDeadEngines();
  if (dir) await mkdir(dir, { recursive: true });
  const home = dir ?? (await makeHome());
  const socket = join(home, 'docker.sock');
  const slot = await claimAddresses();
  await writeFile(join(home, 'daemon.json'), '{}');
  const bin = (/** @type {string} */ name) => join(installed.bin, name);

  const removeBridge = await createBridge(installed, slot);
  const daemon = startProcess(
    bin('dockerd'),
    [
      ...['--host', `unix://${socket}`],
      ...[
        '--data-root',
        join(home, 'data'),
        '--exec-root',
        join(home, 'exec'),
        '--pidfile',
        join(home, 'pid'),
      ],
      ...['--config-file', join(home, 'daemon.json')],
      ...[
        '--containerd-namespace',
        `composure-${slot.number}`,
        '--containerd-plugins-namespace',
        `composure-plugins-${slot.number}`,
      ],
      ...['--bridge', slot.bridge],
      // Two daemons that manage one firewall undo each other's rules. docker-proxy publishes ports without any, and without forwarding.
      ...['--iptables=false', '--ip6tables=false', '--ip-forward=false', '--ip-masq=false'],
      ...[
        '--userland-proxy=true',
        '--userland-proxy-path',
        bin('docker-proxy'),
        '--init-path',
        bin('tini-static'),
      ],
      ...['--default-address-pool', `base=${slot.addresses},size=24`],
      ...['--exec-opt', 'native.cgroupdriver=cgroupfs', '--log-level', 'warn', '--shutdown-timeout', '5'],
      ...options,
    ],
    { env: { ...process.env, ...installed.env }, ...(log ? { log } : {}) },
  );

  const closeFirewall = await letContainersTalk(installed, slot.addresses);

  const stop = async () => {
    if (daemon.isRunning()) await removeEverythingRunning(socket).catch(() => {});
    await daemon.stop(30_000);
    await closeFirewall();
    await removeBridge();
    await slot.release();
    await (dir ? unmountBelow(home) : removeHome(home));
  };
  try {
    const answer = await waitFor(`the Docker Engine in ${home}`, 60_000, () => {
      if (!daemon.isRunning()) throw new Fatal(`dockerd ended:\n${daemon.output().slice(-3000)}`);
      return callEngine(socket, 'GET', '/version');
    });
    return {
      socket,
      host: `unix://${socket}`,
      version: answer.Version,
      apiVersion: answer.ApiVersion,
      installed,
      output: daemon.output,
      stop,
    };
  } catch (error) {
    await stop().catch(() => {});
    throw error;
  }
}

/**
 * Another engine on this machine makes the firewall drop what is forwarded, and that includes frames between containers on our bridges.
 * One rule, for our own addresses only, keeps them out of that.
 *
 * @param {InstalledEngine} installed
 * @param {string} addresses
 * @returns {Promise<() => Promise<unknown>>} Takes the rule away.
 */
export async function letContainersTalk(installed, addresses) {
  const rule = ['FORWARD', '--source', addresses, '--destination', addresses, '--jump', 'ACCEPT'];
  const firewall = (/** @type {string[]} */ ...words) =>
    run(join(installed.bin, 'iptables'), ['--wait', ...words], {
      env: { ...process.env, ...installed.env },
      acceptFailure: true,
    });
  if ((await firewall('--check', ...rule)).code !== 0) await firewall('--insert', ...rule);
  return () => firewall('--delete', ...rule);
}

/**
 * The engine's default network, which builds run their commands in: `docker0` would be the same one for every engine.
 *
 * @param {InstalledEngine} installed
 * @param {{ bridge: string, gateway: string }} slot
 * @returns {Promise<() => Promise<unknown>>} Removes it.
 */
async function createBridge({ busybox }, { bridge, gateway }) {
  const ip = (/** @type {string} */ words, acceptFailure = false) =>
    run(busybox, ['ip', ...words.split(' ')], { acceptFailure });
  const remove = () => ip(`link delete ${bridge}`, true);
  // A process that was killed leaves its own.
  await remove();
  await ip(`link add name ${bridge} type bridge`);
  await ip(`address add ${gateway}/24 dev ${bridge}`);
  await ip(`link set ${bridge} up`);
  return remove;
}

/** A range of addresses no other engine of ours uses while this process lives: 10.160.0.0/16 … 10.223.0.0/16. */
export async function claimAddresses() {
  const folder = join(tmpdir(), 'composure-addresses');
  await mkdir(folder, { recursive: true });
  const claimOne = async () => {
    for (let number = 0; number < 64; number++) {
      const file = join(folder, String(number));
      if (await claim(file))
        return {
          number,
          addresses: `10.${160 + number}.0.0/16`,
          bridge: `composure${number}`,
          gateway: `10.${160 + number}.255.1`,
          release: () => rm(file, { force: true }),
        };
    }
    return undefined;
  };
  return waitFor('a free range of addresses', 10_000, claimOne);
}
