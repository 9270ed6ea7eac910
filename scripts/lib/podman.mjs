// A private Podman with its Docker-compatible API: extracted from Debian's packages, with folders and a socket of its own.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildOnce } from './cache.mjs';
import { extractPackages } from './debian.mjs';
import { callEngine, removeEverythingRunning } from './engine-api.mjs';
import { removeHome } from './dead-engines.mjs';
import { claimAddresses, installEngine, letContainersTalk, whyNoEngine } from './engine.mjs';
import { Fatal, startProcess, waitFor } from './processes.mjs';
import { linkPrograms } from './programs.mjs';

/** Why Podman cannot run here, or `undefined` if it can. */
export const whyNoPodman = whyNoEngine;

/** What Podman starts. Its `crun` minds the mixture of control groups that some machines have: the Docker Engine's `runc` does not. */
const helpers = ['conmon', 'netavark', 'aardvark-dns', 'nft'];

/**
 * Starts `podman system service` and waits until it answers.
 *
 * @param {{ log?: (text: string) => void }} [options]
 * @returns {Promise<import('./engine.mjs').Engine>}
 */
export async function startPodman({ log } = {}) {
  const installed = await installEngine();
  const { folder, libraries } = await buildOnce('podman-forky-1', async (target) => {
    const names = ['podman', 'conmon', 'netavark', 'aardvark-dns', 'nftables'];
    const root = await extractPackages('forky', [...names, 'patchelf', 'libstdc++6'], target);
    await linkPrograms(root, target, helpers);
    const linked = await linkPrograms(root, target, ['podman'], { rpath: false });
    await rm(join(target, 'apt'), { recursive: true, force: true });
    return { libraries: linked.libraries };
  });
  const bin = join(folder, 'bin');
  const slot = await claimAddresses();
  const closeFirewall = await letContainersTalk(installed, slot.addresses);
  const home = await mkdtemp(join(tmpdir(), 'composure-podman-'));
  const socket = join(home, 'podman.sock');
  const configuration = join(home, 'containers.conf');
  await writeFile(configuration, settings(bin, installed.bin, home, slot.addresses));
  await mkdir(join(home, '.config/containers'), { recursive: true });
  await writeFile(
    join(home, '.config/containers/policy.json'),
    '{"default": [{"type": "insecureAcceptAnything"}]}',
  );
  await writeFile(join(home, 'registries.conf'), 'unqualified-search-registries = ["docker.io"]\n');
  await mkdir(join(home, 'networks'));
  const daemon = startProcess(
    '/bin/sh',
    [
      // The programs of this system that come before Podman have libraries of their own.
      ...['-c', 'LD_LIBRARY_PATH=$PODMAN_LIBRARIES exec "$0" "$@"', join(bin, 'podman')],
      ...['--root', join(home, 'storage'), '--runroot', join(home, 'run'), '--tmpdir', join(home, 'tmp')],
      ...[
        '--storage-driver',
        'vfs',
        '--cgroup-manager',
        'cgroupfs',
        '--network-config-dir',
        join(home, 'networks'),
      ],
      ...['system', 'service', '--time', '0', `unix://${socket}`],
    ],
    {
      env: {
        PATH: `${bin}:${process.env.PATH}`,
        PODMAN_LIBRARIES: libraries,
        HOME: home,
        CONTAINERS_CONF: configuration,
        CONTAINERS_REGISTRIES_CONF: join(home, 'registries.conf'),
      },
      ...(log ? { log } : {}),
    },
  );
  const stop = async () => {
    if (daemon.isRunning()) await removeEverythingRunning(socket).catch(() => {});
    await daemon.stop();
    await closeFirewall();
    await slot.release();
    await removeHome(home);
  };
  try {
    const answer = await waitFor(`Podman in ${home}`, 60_000, () => {
      if (!daemon.isRunning()) throw new Fatal(`podman ended:\n${daemon.output().slice(-3000)}`);
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

/** Where Podman finds what it starts, and what it may not touch. @param {string} bin @param {string} engineBin @param {string} home @param {string} addresses */
function settings(bin, engineBin, home, addresses) {
  const text = (/** @type {string} */ value) => JSON.stringify(value);
  return `
[containers]
pids_limit = 0
log_driver = "k8s-file"
[engine]
conmon_path = [${text(join(bin, 'conmon'))}]
runtime = "runc"
helper_binaries_dir = [${text(bin)}]
events_logger = "file"
events_logfile_path = ${text(join(home, 'events.log'))}
[engine.runtimes]
runc = [${text(join(engineBin, 'runc'))}]
[network]
network_backend = "netavark"
firewall_driver = "none"
default_subnet = ${text(addresses.replace('0.0/16', '255.0/24'))}
default_subnet_pools = [{ base = ${text(addresses)}, size = 24 }]
`;
}
