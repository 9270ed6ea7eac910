import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { startSshServer } from '../../../scripts/lib/ssh-server.mjs';
import { hostOf } from './engine.ts';

export interface FarEngine {
  /** `ssh://…`, for this process and what it starts. */
  readonly host: string;
  stop(): Promise<void>;
}

/** The engine of the tests as one that is reached over SSH. Until it is stopped, `PATH` leads to an `ssh` that knows the server. */
export async function startFarEngine(): Promise<FarEngine> {
  const path = process.env.PATH;
  // What `ssh` finds there when it comes in: the engine's own `docker`, which connects to the engine.
  const home = await mkdtemp(join(tmpdir(), 'composure-far-'));
  await writeFile(
    join(home, 'docker'),
    `#!/bin/sh\nDOCKER_HOST=${hostOf('engineHost')} exec ${join(inject('engineBin'), 'docker')} "$@"\n`,
    { mode: 0o755 },
  );
  const server = await startSshServer({ path: `${home}:/usr/bin:/bin` });
  process.env.PATH = `${server.bin}:${path}`;
  return {
    host: `ssh://${server.user}@127.0.0.1:${server.port}`,
    async stop() {
      process.env.PATH = path;
      await server.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}
