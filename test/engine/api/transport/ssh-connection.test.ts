import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '#engine/connect/connect.ts';
import { FaultServer, respond } from '../../fault-server.ts';

/** A stand-in for `ssh` first on PATH: it notes its arguments and joins its standard streams to a local socket, as `docker system dial-stdio` does far away. */
let folder: string;
let engine: FaultServer;
const path = process.env.PATH;
const never = new AbortController().signal;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'composure-ssh-'));
  engine = await FaultServer.listen((url) =>
    url === '/version' ? respond('{"ApiVersion": "1.41", "Version": "20.10"}') : respond('[]'),
  );
});
afterEach(() => {
  process.env.PATH = path;
});
afterAll(async () => {
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

async function installSsh(script: string): Promise<void> {
  const file = join(folder, 'ssh');
  await writeFile(file, `#!${process.execPath}\n${script}`);
  await chmod(file, 0o755);
  process.env.PATH = `${folder}${delimiter}${path}`;
}

const dial = (host: string) => connect({ host, environment: {}, home: folder, platform: 'linux' }, never);

describe('an engine behind ssh', () => {
  it('is reached through the user’s own ssh', async () => {
    const log = join(folder, 'arguments');
    await installSsh(`
      require('fs').appendFileSync(${JSON.stringify(log)}, process.argv.slice(2).join(' ') + '\\n');
      const socket = require('net').connect(${JSON.stringify(engine.path)});
      process.stdin.pipe(socket).pipe(process.stdout);`);
    const port = await dial('ssh://me@far.example:2222');
    expect(await port.listContainers({ labels: [], all: true }, never)).toEqual([]);
    expect(port.info.endpoint).toBe('ssh://me@far.example:2222 (host)');
    port.close();
    await expect.poll(() => engine.connections).toBe(0);
    const { readFile } = await import('node:fs/promises');
    expect((await readFile(log, 'utf8')).split('\n')[0]).toBe(
      '-l me -p 2222 -o ConnectTimeout=30 -T -- far.example docker system dial-stdio',
    );
  });

  it.each([
    ["console.error('Permission denied (publickey).'); process.exit(255)", 'Permission denied (publickey).'],
    ['process.exit(3)', 'ssh ended with exit code 3'],
    ["process.kill(process.pid, 'SIGKILL')", 'ssh was ended by SIGKILL'],
    ['process.exit(0)', 'was lost'],
  ])('fails with what ssh said: %s', async (script, message) => {
    await installSsh(script);
    await expect(dial('ssh://far.example')).rejects.toThrow(message);
  });

  it('says so when there is no ssh', async () => {
    process.env.PATH = join(folder, 'nothing');
    await expect(dial('ssh://far.example')).rejects.toThrow('cannot start ssh');
  });
});
