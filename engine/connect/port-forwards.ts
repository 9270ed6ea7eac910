import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { Endpoint } from '../api/transport/endpoint.ts';
import { sshOptions } from '../api/transport/ssh-connection.ts';

/** Milliseconds: how long ssh may take to log in, and between two looks. */
const patience = 30_000;
const pause = 50;
/** Milliseconds before one that has ended is started again: at first, at most, and after how long it counts as having worked. */
const firstRest = 1000;
const longestRest = 60_000;
const worked = 10_000;

/** A port of the far machine. */
export interface FarPort {
  /** Where it is published there: an address, or `127.0.0.1` for all of them. */
  readonly host: string;
  readonly port: number;
}

/**
 * Ports of the machine of an engine over SSH, on 127.0.0.1 of this one: each by the user's own `ssh`, so that keys, jump hosts and known hosts are as they have
 * configured them. The port has the same number where that is free here, else another. One whose `ssh` has ended is forwarded again, under the same number; one
 * that could not be reached at first is left alone until it is asked for again, lest a far machine sees a login that fails every second.
 */
export class PortForwards {
  readonly #endpoint: Extract<Endpoint, { kind: 'ssh' }>;
  readonly #patience: number;
  readonly #open = new Map<string, Forward>();

  /** @param wait Milliseconds that ssh may take. */
  constructor(endpoint: Extract<Endpoint, { kind: 'ssh' }>, wait = patience) {
    this.#endpoint = endpoint;
    this.#patience = wait;
  }

  /** Resolves with its number on this machine once something there can be reached, the same for who asks again; `undefined`: ssh did not manage. */
  async open(far: FarPort): Promise<number | undefined> {
    const key = keyOf(far);
    const forward = this.#open.get(key) ?? new Forward(this.#endpoint, far, this.#patience);
    this.#open.set(key, forward);
    const local = await forward.ready;
    if (local === undefined && this.#open.get(key) === forward) this.#open.delete(key);
    return local;
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
  #rest = firstRest;
  #isClosed = false;

  constructor(endpoint: Extract<Endpoint, { kind: 'ssh' }>, far: FarPort, wait: number) {
    this.#endpoint = endpoint;
    this.#far = far;
    this.ready = this.#begin(wait);
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#child?.kill();
  }

  async #begin(wait: number): Promise<number | undefined> {
    const local = (await isFree(this.#far.port)) ? this.#far.port : await freePort();
    this.#start(local);
    const until = Date.now() + wait;
    while (!this.#isClosed && Date.now() < until) {
      if (await answers(local)) return local;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
    this.close();
    return undefined;
  }

  #start(local: number): void {
    if (this.#isClosed) return;
    const { host, port } = this.#far;
    const far = host.includes(':') ? `[${host}]` : host;
    const forward = ['-N', '-L', `127.0.0.1:${local}:${far}:${port}`];
    const alive = ['-o', 'ExitOnForwardFailure=yes', '-o', 'ServerAliveInterval=15', '-o', 'BatchMode=yes'];
    const child = spawn(
      'ssh',
      [...sshOptions(this.#endpoint), ...alive, ...forward, '--', this.#endpoint.host],
      {
        stdio: 'ignore',
        windowsHide: true,
      },
    );
    this.#child = child;
    const begun = Date.now();
    const again = () => {
      if (this.#isClosed) return;
      if (Date.now() - begun > worked) this.#rest = firstRest;
      this.#timer = setTimeout(() => this.#start(local), this.#rest);
      this.#rest = Math.min(longestRest, 2 * this.#rest);
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
