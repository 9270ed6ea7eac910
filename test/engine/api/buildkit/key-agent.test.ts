import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KeyAgent } from '#engine/api/buildkit/key-agent.ts';
import { readSshKey, type SshKey } from '#engine/api/buildkit/ssh-key.ts';

// With OpenSSH's own programs at both ends: they make the keys, and check what is signed.

const run = promisify(execFile);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'composure-keys-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const kinds = [
  ['ed25519', ['-t', 'ed25519']],
  ['rsa', ['-t', 'rsa', '-b', '2048']],
  ['ecdsa', ['-t', 'ecdsa', '-b', '256']],
  ['ecdsa-521', ['-t', 'ecdsa', '-b', '521']],
  ['rsa-pem', ['-t', 'rsa', '-b', '2048', '-m', 'PEM']],
  ['ecdsa-pkcs8', ['-t', 'ecdsa', '-b', '384', '-m', 'PKCS8']],
] as const;

describe.each(kinds)('a key of the kind %s', (name, words) => {
  let server: Server | undefined;
  afterAll(() => server?.close());

  it('is listed by our agent, and what it signs is right', async () => {
    const file = join(folder, name);
    await run('ssh-keygen', ['-q', '-N', '', '-C', '', '-f', file, ...words]);
    const key = readSshKey(await readFile(file, 'utf8'));
    if (typeof key === 'string') throw new Error(key);
    const [, blob = ''] = (await readFile(`${file}.pub`, 'utf8')).split(' ');
    expect(key.blob.toString('base64')).toBe(blob.trim());

    const socket = join(folder, `${name}.sock`);
    server = await agentAt(socket, [key]);
    const env = { ...process.env, SSH_AUTH_SOCK: socket };
    expect((await run('ssh-add', ['-L'], { env })).stdout).toContain(blob.trim());
    // Only the public half is left for the program: the agent has to sign.
    await rm(file);
    const text = join(folder, `${name}.txt`);
    await writeFile(text, 'something to sign');
    await run('ssh-keygen', ['-Y', 'sign', '-n', 'file', '-f', `${file}.pub`, text], { env });
    const checked = execFile('ssh-keygen', ['-Y', 'check-novalidate', '-n', 'file', '-s', `${text}.sig`]);
    checked.stdin?.end('something to sign');
    expect(await new Promise((resolve) => checked.once('close', resolve))).toBe(0);
  });
});

it('with a passphrase, and what is no key, is said to be that', async () => {
  const file = join(folder, 'locked');
  await run('ssh-keygen', ['-q', '-N', 'secret', '-t', 'ed25519', '-f', file]);
  expect(readSshKey(await readFile(file, 'utf8'))).toBe('encrypted');
  expect(readSshKey(await readFile(`${file}.pub`, 'utf8'))).toBe('unknown');
  expect(readSshKey('-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----')).toBe(
    'unknown',
  );
});

it('a request comes in pieces of any size; one that is not known or cut off is refused, one without end ends it', () => {
  const agent = new KeyAgent([]);
  const list = Buffer.from([0, 0, 0, 1, 11]);
  expect(agent.answer(list.subarray(0, 3))).toEqual([]);
  expect(agent.answer(Buffer.concat([list.subarray(3), list]))).toEqual(
    Array.from({ length: 2 }, () => Buffer.from([0, 0, 0, 5, 12, 0, 0, 0, 0])),
  );
  const refused = [Buffer.from([0, 0, 0, 1, 5])];
  expect(agent.answer(Buffer.from([0, 0, 0, 1, 17]))).toEqual(refused);
  expect(agent.answer(Buffer.from([0, 0, 0, 2, 13, 0]))).toEqual(refused);
  expect(() => agent.answer(Buffer.from([255, 0, 0, 0]))).toThrow(RangeError);
});

function agentAt(socket: string, keys: readonly SshKey[]): Promise<Server> {
  const server = createServer((connection) => {
    const agent = new KeyAgent(keys);
    connection.on('error', () => undefined);
    connection.on('data', (part) => {
      for (const answer of agent.answer(part)) connection.write(answer);
    });
  });
  return new Promise((resolve) => server.listen(socket, () => resolve(server)));
}
