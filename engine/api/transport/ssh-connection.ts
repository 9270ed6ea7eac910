import { spawn } from 'node:child_process';
import { Agent } from 'node:http';
import { Duplex } from 'node:stream';
import type { Endpoint } from './endpoint.ts';

/** Connections to one far engine, kept for a while: each is an `ssh` of its own. */
export class SshAgent extends Agent {
  readonly #endpoint: Extract<Endpoint, { kind: 'ssh' }>;

  constructor(endpoint: Extract<Endpoint, { kind: 'ssh' }>) {
    super({ keepAlive: true, maxFreeSockets: 4 });
    this.#endpoint = endpoint;
  }

  override createConnection(): Duplex {
    return new SshConnection(this.#endpoint);
  }
}

/**
 * One connection to a far engine: the user's own `ssh` running `docker system dial-stdio` there, its standard streams as a socket.
 * So jump hosts, agents, known hosts and keys are as the user has configured them, which no SSH library honours in full.
 */
export class SshConnection extends Duplex {
  readonly #child: ReturnType<typeof spawnSsh>;
  #errors = '';
  #failure: Error | undefined;

  constructor(endpoint: Extract<Endpoint, { kind: 'ssh' }>) {
    super({ allowHalfOpen: true });
    this.#child = spawnSsh(endpoint);
    const { stdin, stdout, stderr } = this.#child;
    stderr.setEncoding('utf8');
    stderr.on('data', (text: string) => {
      // Only the end is of interest, and a chatty server must not fill the memory.
      this.#errors = (this.#errors + text).slice(-4096);
    });
    stdout.on('data', (chunk: Buffer) => {
      if (!this.push(chunk)) stdout.pause();
    });
    stdin.on('error', () => {});
    this.#child.on('error', (cause) => this.destroy(sshError(`cannot start ssh: ${cause.message}`)));
    this.#child.on('close', (code, signal) => {
      if (code !== 0 && code !== null) {
        this.#failure = sshError(this.#errors.trim() || `ssh ended with exit code ${code}`);
      } else if (signal !== null) this.#failure = sshError(`ssh was ended by ${signal}`);
      if (this.#failure === undefined) this.push(null);
      else this.destroy(this.#failure);
    });
  }

  override _read(): void {
    this.#child.stdout.resume();
  }

  override _write(chunk: Buffer, encoding: BufferEncoding, callback: (error?: Error | null) => void): void {
    this.#child.stdin.write(chunk, encoding, callback);
  }

  override _final(callback: () => void): void {
    this.#child.stdin.end(callback);
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    this.#child.stdin.destroy();
    this.#child.stdout.destroy();
    this.#child.kill();
    callback(error);
  }

  get bytesRead(): number {
    return 'bytesRead' in this.#child.stdout && typeof this.#child.stdout.bytesRead === 'number'
      ? this.#child.stdout.bytesRead
      : 0;
  }

  // What node:http asks of a socket and a pipe has no use for.
  setKeepAlive(): this {
    return this;
  }
  setNoDelay(): this {
    return this;
  }
  setTimeout(): this {
    return this;
  }
  ref(): this {
    this.#child.ref();
    return this;
  }
  unref(): this {
    this.#child.unref();
    return this;
  }
}

/** The arguments the Docker CLI gives. `--` keeps a host from being read as an option. */
export function sshArguments(endpoint: Extract<Endpoint, { kind: 'ssh' }>): readonly string[] {
  return [
    ...sshOptions(endpoint),
    '--',
    endpoint.host,
    'docker',
    ...(endpoint.socket === undefined ? [] : ['--host', `unix://${endpoint.socket}`]),
    'system',
    'dial-stdio',
  ];
}

/** How to log in to the far machine, whose name goes last. */
export function sshOptions({ user, port }: Extract<Endpoint, { kind: 'ssh' }>): readonly string[] {
  return [
    ...(user === undefined ? [] : ['-l', user]),
    ...(port === undefined ? [] : ['-p', String(port)]),
    '-o',
    'ConnectTimeout=30',
    '-T',
  ];
}

function spawnSsh(endpoint: Extract<Endpoint, { kind: 'ssh' }>) {
  // Detached from the terminal's process group would lose password prompts on the command line, so it is not.
  return spawn('ssh', sshArguments(endpoint), { stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true });
}

function sshError(message: string): Error {
  return Object.assign(new Error(message), { code: 'ESSH' });
}
