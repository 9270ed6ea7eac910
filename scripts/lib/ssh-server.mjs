// A private ssh server on loopback: extracted from Debian's package, with keys and a configuration of its own. It lets in who has the key, as the
// user who runs this.
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { buildOnce } from './cache.mjs';
import { extractPackages } from './debian.mjs';

import { Fatal, run, startProcess, waitFor } from './processes.mjs';
import { linkPrograms } from './programs.mjs';
import { freePort } from './vscode.mjs';

/**
 * @typedef {object} SshServer
 * @property {number} port
 * @property {string} user
 * @property {string} bin A folder for the PATH: its `ssh` is the system's own with the key and the known host of this server.
 * @property {() => Promise<void>} stop
 */

/**
 * @param {{ path: string, environment?: Readonly<Record<string, string>> }} far What commands at the far end have: their PATH, and more.
 * @returns {Promise<SshServer>}
 */
export async function startSshServer({ path, environment = {} }) {
  const { folder } = await buildOnce('ssh-bookworm-1', async (target) => {
    const names = ['openssh-server', 'openssh-client', 'patchelf', 'libstdc++6'];
    const root = await extractPackages('bookworm', names, target);
    await linkPrograms(root, target, ['sshd', 'ssh', 'ssh-keygen']);
    await rm(join(target, 'apt'), { recursive: true, force: true });
    return {};
  });
  const programs = join(folder, 'bin');
  const home = await mkdtemp(join(tmpdir(), 'composure-ssh-'));
  const remove = () => rm(home, { recursive: true, force: true });
  const file = (/** @type {string} */ name) => join(home, name);
  for (const name of ['host', 'user'])
    await run(join(programs, 'ssh-keygen'), ['-q', '-t', 'ed25519', '-N', '', '-f', file(name)]);
  const port = await freePort();
  const user = userInfo().username;
  await writeFile(file('authorized'), await readFile(file('user.pub')));
  await writeFile(file('known'), `[127.0.0.1]:${port} ${await readFile(file('host.pub'), 'utf8')}`);
  const variables = Object.entries({ PATH: path, ...environment }).map(
    ([name, value]) => `"${name}=${value}"`,
  );
  await writeFile(
    file('sshd_config'),
    [
      ...[`Port ${port}`, 'ListenAddress 127.0.0.1', `HostKey ${file('host')}`, `PidFile ${file('pid')}`],
      ...[
        `AuthorizedKeysFile ${file('authorized')}`,
        'StrictModes no',
        'UsePAM no',
        'PasswordAuthentication no',
      ],
      ...['PermitRootLogin yes', 'MaxStartups 100', 'MaxSessions 100', `SetEnv ${variables.join(' ')}`],
    ].join('\n'),
  );
  const bin = file('bin');
  await mkdir(bin);
  const options = `-F none -o IdentitiesOnly=yes -o StrictHostKeyChecking=yes -o UserKnownHostsFile=${file('known')} -i ${file('user')}`;
  await writeFile(join(bin, 'ssh'), `#!/bin/sh\nexec ${join(programs, 'ssh')} ${options} "$@"\n`);
  await chmod(join(bin, 'ssh'), 0o755);
  // Its unprivileged part wants a user and an empty folder that this system may not have: they are there for it alone. The one who comes in has a
  // plain shell, without whatever a profile does.
  const users = (await readFile('/etc/passwd', 'utf8'))
    .replace(/^sshd:.*\n/m, '')
    .replace(new RegExp(`^(${user}:.*:)[^:\\n]*$`, 'm'), '$1/bin/sh');
  await writeFile(file('passwd'), `${users}sshd:x:65533:65534::/run/sshd:/bin/false\n`);
  const surroundings = `mount --bind ${file('passwd')} /etc/passwd && mount -t tmpfs tmpfs /run && mkdir -m 755 /run/sshd`;
  const daemon = startProcess('unshare', [
    ...['--mount', 'sh', '-c', `${surroundings} && exec "$0" "$@"`],
    ...[join(programs, 'sshd'), '-D', '-e', '-f', file('sshd_config')],
  ]);
  const stop = async () => {
    await daemon.stop();
    await remove();
  };
  try {
    await waitFor(`sshd on port ${port}`, 20_000, async () => {
      if (!daemon.isRunning()) throw new Fatal(`sshd ended:\n${daemon.output()}`);
      return (await run(join(bin, 'ssh'), ['-p', String(port), `${user}@127.0.0.1`, 'true'])).code === 0;
    });
    return { port, user, bin, stop };
  } catch (error) {
    await stop();
    throw new Error(`${error}\n${daemon.output()}`);
  }
}
