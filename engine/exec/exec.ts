import { setTimeout as delay } from 'node:timers/promises';
import { Demuxer } from '../api/demux.ts';
import { EngineError } from '../api/engine-error.ts';
import { say } from '../api/message.ts';
import type { EnginePort } from '../api/engine-port.ts';
import type { DuplexBytes, ExecSpec, TerminalSize } from '../api/engine-objects.ts';

export interface ExecOptions {
  readonly command: readonly string[];
  readonly tty: boolean;
  /** Default: yes. */
  readonly stdin?: boolean;
  readonly env?: readonly string[];
  readonly user?: string;
  readonly workingDir?: string;
  readonly privileged?: boolean;
  /** The terminal's size to begin with. */
  readonly size?: TerminalSize;
}

export interface ExecOutput {
  /** With a terminal everything is `stdout`. */
  readonly stream: 'stdout' | 'stderr';
  readonly data: Uint8Array;
}

export interface ExecSession {
  /** Pull-based; ends when the process has ended. To be iterated once. */
  readonly output: AsyncIterable<ExecOutput>;
  /** `false` when enough is waiting: who copies a file in should then wait for `drained`. */
  write(data: Uint8Array): boolean;
  drained(): Promise<void>;
  /** No more input. */
  end(): void;
  /** Never rejects: a size that cannot be set is no reason to stop. */
  resize(size: TerminalSize): Promise<void>;
  /** Settles once `output` has been read to its end. Rejects with `EngineError` when the connection was lost before. */
  readonly exitCode: Promise<number>;
  /** Leaves the process to itself: the engine does not end it. */
  close(): void;
}

/** What a person would type to leave: Ctrl-C for the program in front, then the end of input for the shell behind it. */
export const endKeys = new TextEncoder().encode('\x03\x04');

/** Runs a command in a running container. Rejects with `EngineError`; firing the signal closes the connection. */
export async function exec(
  engine: EnginePort,
  containerId: string,
  options: ExecOptions,
  signal: AbortSignal,
): Promise<ExecSession> {
  const id = await engine.createExec(containerId, toSpec(options), signal);
  const duplex = await engine.startExec(id, { tty: options.tty }, signal);
  const resize = (size: TerminalSize) => resizeExec(engine, id, size, signal);
  if (options.tty && options.size !== undefined) void resize(options.size);

  return sessionOf(duplex, { tty: options.tty, resize, exitCode: () => awaitExit(engine, id, signal) });
}

/** Starts a command and leaves it alone. */
export async function execDetached(
  engine: EnginePort,
  containerId: string,
  options: ExecOptions,
  signal: AbortSignal,
): Promise<void> {
  const id = await engine.createExec(containerId, { ...toSpec(options), stdin: false, detach: true }, signal);
  await engine.startDetachedExec(id, { tty: options.tty }, signal);
}

/**
 * A container's own streams, as a session: attach before it is started, so that nothing is missed. `output` ends, and the exit code is known, when it
 * has ended; closing leaves it running.
 */
export async function attach(
  engine: EnginePort,
  containerId: string,
  options: { readonly tty: boolean; readonly stdin: boolean },
  signal: AbortSignal,
): Promise<ExecSession> {
  const duplex = await engine.attachContainer(containerId, { stdin: options.stdin }, signal);
  return sessionOf(duplex, {
    tty: options.tty,
    resize: (size) => engine.resizeContainer(containerId, size, signal).catch(() => {}),
    exitCode: async () => (await engine.waitContainer(containerId, signal)).exitCode,
  });
}

/** `exitCode` is asked for once the output has ended. */
function sessionOf(
  duplex: DuplexBytes,
  {
    tty,
    resize,
    exitCode,
  }: Pick<ExecSession, 'resize'> & { readonly tty: boolean; readonly exitCode: () => Promise<number> },
): ExecSession {
  const exit = withResolvers<number>();
  // Whoever does not care about the exit code need not look at it.
  exit.promise.catch(() => {});
  const output = async function* (): AsyncGenerator<ExecOutput> {
    try {
      yield* tty ? raw(duplex.output) : demuxed(duplex.output);
      exit.resolve(await exitCode());
    } catch (error) {
      exit.reject(error);
      throw error;
    } finally {
      exit.reject(new EngineError('cancelled', say`The output was not read to the end.`));
      duplex.close();
    }
  };
  return {
    output: output(),
    write: duplex.write,
    drained: duplex.drained,
    end: duplex.end,
    resize,
    exitCode: exit.promise,
    close: duplex.close,
  };
}

/** Runs a command without a terminal and collects what it writes, as UTF-8; for small outputs. */
export async function execOutput(
  engine: EnginePort,
  containerId: string,
  options: Omit<ExecOptions, 'tty' | 'stdin' | 'size'>,
  signal: AbortSignal,
): Promise<{ readonly exitCode: number; readonly stdout: string; readonly stderr: string }> {
  const session = await exec(engine, containerId, { ...options, tty: false, stdin: false }, signal);
  const chunks = { stdout: [] as Uint8Array[], stderr: [] as Uint8Array[] };
  for await (const { stream, data } of session.output) chunks[stream].push(new Uint8Array(data));
  return {
    exitCode: await session.exitCode,
    stdout: Buffer.concat(chunks.stdout).toString('utf8'),
    stderr: Buffer.concat(chunks.stderr).toString('utf8'),
  };
}

/**
 * The best shell a container has, by asking it: bash, else sh; on Windows PowerShell, else cmd. Rejects with kind `unsupported` when it has
 * none, as images with nothing but a program do.
 */
export async function pickShell(
  engine: EnginePort,
  containerId: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const probes: readonly (readonly string[])[] =
    engine.info.os === 'windows'
      ? [
          ['powershell', '-NoLogo', '-Command', 'exit'],
          ['cmd', '/c', 'exit'],
        ]
      : [
          ['sh', '-c', 'command -v bash || command -v sh || echo sh'],
          ['bash', '-c', 'echo bash'],
        ];
  for (const command of probes) {
    const { exitCode, stdout } = await execOutput(engine, containerId, { command }, signal).catch((error) => {
      // Engines differ in whether a missing program is an error of the call or of the command.
      if (error instanceof EngineError && (error.kind === 'invalid' || error.kind === 'engine'))
        return { exitCode: 127, stdout: '' };
      throw error;
    });
    if (exitCode !== 0) continue;
    const found = stdout.trim().split('\n')[0]?.trim();
    return [found === undefined || found === '' ? (command[0] ?? 'sh') : found];
  }
  throw new EngineError(
    'unsupported',
    say`This container has no shell: its image contains neither bash nor sh. Run another command in it.`,
    { subject: containerId },
  );
}

function toSpec(options: ExecOptions): ExecSpec {
  const { command, tty, stdin = true, env, user, workingDir, privileged, size } = options;
  return {
    command,
    tty,
    stdin,
    ...(env === undefined ? {} : { env }),
    ...(user === undefined ? {} : { user }),
    ...(workingDir === undefined ? {} : { workingDir }),
    ...(privileged === undefined ? {} : { privileged }),
    ...(size === undefined ? {} : { size }),
  };
}

async function* raw(bytes: DuplexBytes['output']): AsyncGenerator<ExecOutput> {
  for await (const data of bytes) yield { stream: 'stdout', data };
}

async function* demuxed(bytes: DuplexBytes['output']): AsyncGenerator<ExecOutput> {
  const demuxer = new Demuxer();
  for await (const chunk of bytes)
    for (const { stream, data } of demuxer.push(chunk))
      yield { stream: stream === 'stderr' || stream === 'system' ? 'stderr' : 'stdout', data };
  if (demuxer.torn)
    throw new EngineError(
      'unreachable',
      say`The connection to the engine was lost before the output was complete.`,
    );
}

/** `Promise.withResolvers`, which Node 20 does not have. */
function withResolvers<T>(): {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
} {
  let settle: { resolve: (value: T) => void; reject: (error: unknown) => void } | undefined;
  const promise = new Promise<T>((resolve, reject) => {
    settle = { resolve, reject };
  });
  return { promise, resolve: (value) => settle?.resolve(value), reject: (error) => settle?.reject(error) };
}

/** How often, and after how many ms at first, the engine is asked again. */
const attempts = { exit: 12, resize: 8 };
const firstDelay = 10;

/** The streams can close a moment before the engine has noted the exit code. */
async function awaitExit(engine: EnginePort, id: string, signal: AbortSignal): Promise<number> {
  for (let attempt = 0; ; attempt++) {
    const { running, exitCode } = await engine.inspectExec(id, signal);
    if (!running && exitCode !== null) return exitCode;
    if (attempt >= attempts.exit)
      throw new EngineError(
        'engine',
        say`The command closed its output without exiting, so its exit code is unknown.`,
      );
    await pause(firstDelay * 2 ** Math.min(attempt, 7), signal);
  }
}

/** A process that has not quite started yet has no terminal to resize. */
async function resizeExec(
  engine: EnginePort,
  id: string,
  size: TerminalSize,
  signal: AbortSignal,
): Promise<void> {
  if (size.columns <= 0 || size.rows <= 0) return;
  for (let attempt = 0; attempt < attempts.resize; attempt++) {
    try {
      await engine.resizeExec(id, size, signal);
      return;
    } catch (error) {
      if (signal.aborted || (error instanceof EngineError && error.kind === 'not-found')) return;
      await pause(firstDelay * 2 ** attempt, signal).catch(() => {});
    }
  }
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal }).catch(() => {
    throw new EngineError('cancelled', say`Canceled.`);
  });
}
