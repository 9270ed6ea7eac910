import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { Endpoint } from '../api/transport/endpoint.ts';
import { sshTarget } from '../api/transport/ssh-connection.ts';

/** Milliseconds: how long ssh may take to log in, between two looks, and before one that has ended is started again. */
const patience = 30_000;
const pause = 50;
const rest = 1000;

/** A port of the far machine. */
export interface FarPort {
  /** Where it is published there: an address, or `127.0.0.1` for all of them. */
  readonly host: string;
  readonly port: number;
}

/**
 * Ports of the machine of an engine over SSH, on 127.0.0.1 of this one: each by the user's own `ssh`, so that keys, jump hosts and known hosts are as they have
 * configured them. The port has the same number where that is free here, else another. One whose `ssh` has ended is forwarded again, under the same number.
 */
export class PortForwards {
  readonly #endpoint: Extract<Endpoint, { kind: 'ssh' }>;
  readonly #open = new Map<string, Forward>();

  constructor(endpoint: Extract<Endpoint, { kind: 'ssh' }>) {
    this.#endpoint = endpoint;
  }

  /** Resolves with its number on this machine once something there can be reached, the same for who asks again; `undefined`: ssh did not manage. */
  open(far: FarPort): Promise<number | undefined> {
    const known = this.#open.get(keyOf(far));
    if (known !== undefined) return known.ready;
    const forward = new Forward(this.#endpoint, far);
    this.#open.set(keyOf(far), forward);
    return forward.ready;
  }

  /** Ends all but these. */
  keep(wanted: readonly FarPort[]): void {
    const keys = new Set(wanted.map(keyOf));
    for (const [key, forward] of this.#open) {
      if (keys.has(key)) continue;
      forward.close();
      this.#open.delete(key);
    }
  }

  close(): void {
    this.keep([]);
  }
}

class Forward {
  readonly ready: Promise<number | undefined>;
  readonly #endpoint: Extract<Endpoint, { kind: 'ssh' }>;
  readonly #far: FarPort;
  #child: ChildProcess | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(endpoint: Extract<Endpoint, { kind: 'ssh' }>, far: FarPort) {
    this.#endpoint = endpoint;
    this.#far = far;
    this.ready = this.#begin();
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#child?.kill();
  }

  async #begin(): Promise<number | undefined> {
    const local = (await isFree(this.#far.port)) ? this.#far.port : await freePort();
    this.#start(local);
    const until = Date.now() + patience;
    while (!this.#isClosed && Date.now() < until) {
      if (await answers(local)) return local;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
    return undefined;
  }

  #start(local: number): void {
    if (this.#isClosed) return;
    const { host, port } = this.#far;
    const far = host.includes(':') ? `[${host}]` : host;
    const { options, name } = sshTarget(this.#endpoint);
    const forward = ['-N', '-L', `127.0.0.1:${local}:${far}:${port}`];
    const alive = ['-o', 'ExitOnForwardFailure=yes', '-o', 'ServerAliveInterval=15', '-o', 'BatchMode=yes'];
    const child = spawn('ssh', [...options, ...alive, ...forward, '--', name], {
      stdio: 'ignore',
      windowsHide: true,
    });
    this.#child = child;
    const again = () => {
      if (this.#isClosed) return;
      this.#timer = setTimeout(() => this.#start(local), rest);
    };
    child.once('exit', again);
    // There is no ssh: no use in trying again.
    child.once('error', () => this.close());
  }
}

function keyOf({ host, port }: FarPort): string {
  return `${host} ${port}`;
}

/** Nobody listens there on this machine, and it may be listened on. */
async function isFree(port: number): Promise<boolean> {
  return (await listened(port)) !== undefined && !(await answers(port));
}

async function freePort(): Promise<number> {
  return (await listened(0)) ?? 0;
}

/** The number of a port that could be listened on, and is not any more. */
async function listened(port: number): Promise<number | undefined> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    return typeof address === 'object' ? address?.port : undefined;
  } catch {
    return undefined;
  } finally {
    server.close();
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const end = (does: boolean) => {
      socket.destroy();
      resolve(does);
    };
    socket.once('connect', () => end(true)).once('error', () => end(false));
  });
}
