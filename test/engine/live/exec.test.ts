import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exec, execDetached, execOutput, pickShell } from '#engine/exec/exec.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import { dial, engines, hostOf, never, startService, uniqueProject } from './engine.ts';
import { EngineProxy } from './proxy.ts';

describe.each(engines)('exec on Engine %s', (_version, host) => {
  let engine: EnginePort;
  let id: string;
  const project = uniqueProject(() => engine);
  beforeAll(async () => {
    engine = await dial(hostOf(host));
    id = await startService(engine, project, { service: 'web', script: 'sleep 1000' });
  });
  afterAll(() => engine.close());

  describe('a command in a container', () => {
    it('has its streams apart and its exit code', async () => {
      expect(
        await execOutput(engine, id, { command: ['sh', '-c', 'echo out; echo err >&2; exit 7'] }, never),
      ).toEqual({ exitCode: 7, stdout: 'out\n', stderr: 'err\n' });
    });

    it('has the user, folder and variables it is given', async () => {
      const { stdout } = await execOutput(
        engine,
        id,
        { command: ['sh', '-c', 'id -u; pwd; echo $A'], user: '7', workingDir: '/bin', env: ['A=b c'] },
        never,
      );
      expect(stdout).toBe('7\n/bin\nb c\n');
    });

    it('takes input to its end, however much', async () => {
      const session = await exec(engine, id, { command: ['wc', '-c'], tty: false }, never);
      const size = 3_000_000;
      const chunk = Buffer.alloc(30_000, 'x');
      const writing = (async () => {
        for (let sent = 0; sent < size; sent += chunk.length)
          if (!session.write(chunk)) await session.drained();
        session.end();
      })();
      let output = '';
      for await (const { data } of session.output) output += utf8(data);
      await writing;
      expect(output.trim()).toBe(String(size));
      expect(await session.exitCode).toBe(0);
    });

    it('gives much output, unharmed', async () => {
      const { stdout } = await execOutput(engine, id, { command: ['seq', '1', '200000'] }, never);
      expect(stdout).toBe(Array.from({ length: 200_000 }, (_, at) => `${at + 1}\n`).join(''));
    });

    it('has a terminal of the size that is asked for, now and later', async () => {
      const session = await exec(
        engine,
        id,
        { command: ['sh'], tty: true, size: { columns: 91, rows: 33 } },
        never,
      );
      let output = '';
      const ended = (async () => {
        for await (const { data } of session.output) output += utf8(data);
      })();
      // An old engine is told the size once the command runs: the command may look before that.
      const asked = () => {
        session.write(Buffer.from('stty size\n'));
        return output;
      };
      await expect.poll(asked).toContain('33 91');
      await session.resize({ columns: 120, rows: 40 });
      await expect.poll(asked).toContain('40 120');
      session.write(Buffer.from('exit 5\n'));
      await ended;
      expect(await session.exitCode).toBe(5);
    });

    it('can be left alone', async () => {
      await execDetached(engine, id, { command: ['sh', '-c', 'echo done > /detached'], tty: false }, never);
      await expect
        .poll(async () => (await execOutput(engine, id, { command: ['cat', '/detached'] }, never)).stdout)
        .toBe('done\n');
    });

    it('that does not exist is an error or a status, and no hang', async () => {
      const outcome = await execOutput(engine, id, { command: ['nosuch'] }, never).then(
        ({ exitCode }) => exitCode,
        (error: { readonly message: string }) => error.message,
      );
      expect(String(outcome)).toMatch(/^12[67]$|executable file not found/);
    });

    it('in a container that is not there, or not running, is an error with its kind', async () => {
      await expect(execOutput(engine, 'nosuch', { command: ['true'] }, never)).rejects.toMatchObject({
        kind: 'not-found',
      });
      const stopped = await startService(engine, project, { service: 'stopped', script: 'true' });
      await engine.waitContainer(stopped, never);
      await expect(execOutput(engine, stopped, { command: ['true'] }, never)).rejects.toMatchObject({
        kind: 'conflict',
      });
    });

    it('is left at once when cancelled, and leaves no connection', async () => {
      const proxy = await EngineProxy.listen(hostOf(host));
      const through = await dial(proxy.host);
      const abort = new AbortController();
      const session = await exec(through, id, { command: ['sleep', '1000'], tty: false }, abort.signal);
      await expect.poll(() => proxy.connections).toBe(1);
      const reading = session.output[Symbol.asyncIterator]().next();
      abort.abort();
      await expect(reading).rejects.toMatchObject({ kind: 'cancelled' });
      await expect(session.exitCode).rejects.toMatchObject({ kind: 'cancelled' });
      await expect.poll(() => proxy.connections).toBe(0);
      await proxy.close();
    });
  });

  describe('the shell', () => {
    it('is the one the container has', async () => {
      expect(await pickShell(engine, id, never)).toEqual([expect.stringMatching(/sh$/)]);
    });

    it('is an error with advice where there is none', async () => {
      const bare = await startService(engine, project, {
        service: 'bare',
        script: 'sleep 1000',
        body: { Tmpfs: {} },
      });
      // Without its shells a container is like one from an image that has only a program.
      await execOutput(
        engine,
        bare,
        { command: ['sh', '-c', 'rm -f /bin/sh /bin/ash /bin/bash /usr/bin/sh'] },
        never,
      );
      await expect(pickShell(engine, bare, never)).rejects.toMatchObject({ kind: 'unsupported' });
    });
  });
});

const utf8 = (data: Uint8Array) => Buffer.from(data).toString('utf8');
