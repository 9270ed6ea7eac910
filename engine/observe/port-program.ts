import { readdir, readlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { readFileText } from '#disk/read-file.ts';

/** What holds a TCP port of this machine: the program's name, `''` for one that cannot be told; `undefined` when the port is free. */
export async function programOnPort(port: number, ip: string, protocol: string): Promise<string | undefined> {
  if (protocol !== 'tcp' || (await isFree(port, ip))) return undefined;
  return (await listenerOn(port).catch(() => undefined)) ?? '';
}

function isFree(port: number, ip: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    // Other failures, such as a port that only the engine may open, say nothing about others using it.
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code !== 'EADDRINUSE'));
    server.listen({ port, host: ip === '' ? '0.0.0.0' : ip, exclusive: true }, () =>
      server.close(() => resolve(true)),
    );
  });
}

/** Where the system tells (Linux): from the socket that listens to the process that has it open. */
async function listenerOn(port: number): Promise<string | undefined> {
  if (process.platform !== 'linux') return undefined;
  const inodes = new Set<string>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    const lines = (await readFileText(table, 'settings').catch(() => '')).split('\n').slice(1);
    for (const line of lines) {
      const [, local = '', , state = '', , , , , , inode = ''] = line.trim().split(/\s+/);
      if (state === '0A' && Number.parseInt(local.split(':')[1] ?? '', 16) === port) inodes.add(inode);
    }
  }
  if (inodes.size === 0) return undefined;
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const files = await readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const file of files) {
      const target = await readlink(`/proc/${pid}/fd/${file}`).catch(() => '');
      const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1];
      if (inode === undefined || !inodes.has(inode)) continue;
      const name = (await readFileText(`/proc/${pid}/comm`, 'settings')).trim();
      return `${name} (${pid})`;
    }
  }
  return undefined;
}
