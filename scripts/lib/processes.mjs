// Child processes and waiting: what a script starts it ends, by process id; what it waits for is a state, with a bound and a name.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/**
 * Polls until `state` returns something truthy, and returns it.
 *
 * @template T
 * @param {string} what For the message when `milliseconds` have passed.
 * @param {number} milliseconds
 * @param {() => T | Promise<T>} state May throw: the last error is part of the message.
 * @param {number} [interval]
 * @returns {Promise<NonNullable<Awaited<T>>>}
 */
export async function waitFor(what, milliseconds, state, interval = 100) {
  const end = Date.now() + milliseconds;
  let last;
  for (;;) {
    try {
      const value = await state();
      if (value) return /** @type {NonNullable<Awaited<T>>} */ (value);
      last = undefined;
    } catch (error) {
      if (error instanceof Fatal) throw error;
      last = error;
    }
    if (Date.now() > end) {
      throw new Error(
        `gave up after ${milliseconds / 1000} s waiting for ${what}${last ? `: ${last}` : ''}`,
        {
          cause: last,
        },
      );
    }
    await new Promise((resolve) => setTimeout(resolve, interval));
  }
}

/** Thrown from a polled state: waiting any longer is useless. */
export class Fatal extends Error {}

/**
 * Runs a program to its end.
 *
 * @param {string} command
 * @param {readonly string[]} parameters
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, input?: string, quiet?: boolean, acceptFailure?: boolean }} [options]
 *   `quiet`: keep the output to ourselves (it is in the error if the program fails).
 * @returns {Promise<{ code: number, stdout: string, stderr: string }>}
 */
export function run(command, parameters, options = {}) {
  return new Promise((resolve, reject) => {
    const quiet = options.quiet ?? true;
    const child = spawn(command, parameters, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['pipe', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout?.setEncoding('utf8').on('data', (text) => (stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text) => (stderr += text));
    child.stdin?.on('error', () => {}).end(options.input);
    child.on('error', reject);
    child.on('close', (status, signal) => {
      const code = status ?? 128;
      if (code === 0 || options.acceptFailure) resolve({ code, stdout, stderr });
      else {
        const said = `${stdout}\n${stderr}`.trim().split('\n').slice(-20).join('\n');
        reject(new Error(`${command} ${parameters.join(' ')} failed (${signal ?? code})\n${said}`));
      }
    });
  });
}

/**
 * Starts a program that runs until it is stopped. It is told to end should this process die without having stopped it.
 *
 * @param {string} command
 * @param {readonly string[]} parameters
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, log?: (text: string) => void }} [options]
 */
export function startProcess(command, parameters, options = {}) {
  const guarded = process.platform === 'linux' && existsSync('/usr/bin/setpriv');
  const child = guarded
    ? spawn('/usr/bin/setpriv', ['--pdeathsig', 'TERM', '--', command, ...parameters], stdio(options))
    : spawn(command, parameters, stdio(options));
  let output = '';
  const keep = (/** @type {string} */ text) => {
    output = (output + text).slice(-20_000);
    options.log?.(text);
  };
  child.stdout.setEncoding('utf8').on('data', keep);
  child.stderr.setEncoding('utf8').on('data', keep);
  /** @type {Promise<number>} */
  const ended = new Promise((resolve) => {
    child.on('error', (error) => {
      keep(String(error));
      resolve(127);
    });
    child.on('close', (code) => resolve(code ?? 128));
  });
  let running = true;
  void ended.then(() => {
    running = false;
  });

  return {
    pid: child.pid ?? -1,
    ended,
    isRunning: () => running,
    /** The last 20,000 characters it wrote, both streams. */
    output: () => output,
    /** Asks it to end, then makes it, once `patience` milliseconds have passed. */
    async stop(patience = 10_000) {
      if (!running) return;
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), patience);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} options */
function stdio(options) {
  return /** @type {const} */ ({
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/**
 * A text that no other process has, before or after: a process id is given again to another one. `undefined`: no such process.
 *
 * @param {number} pid
 */
export function identityOf(pid) {
  if (process.platform !== 'linux') return isAlive(pid) ? String(pid) : undefined;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // After the name, which may have spaces: state is the 3rd field, the start time the 22nd.
    const startTime = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return `${pid} ${startTime}`;
  } catch {
    return undefined;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/**
 * Runs a script's `main`, then what it registered for the end, last first, however it ends: return, error, Ctrl-C, SIGTERM.
 *
 * @param {(scope: { atEnd: (cleanup: () => unknown) => void, signal: AbortSignal }) => Promise<number | void>} main
 *   Returns the exit status. `signal` aborts on Ctrl-C.
 */
export async function script(main) {
  /** @type {(() => unknown)[]} */
  const cleanups = [];
  const abort = new AbortController();
  let code = 0;
  let interrupted = false;
  const interruption = new Promise((_, reject) => {
    for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
      process.on(name, () => {
        interrupted = true;
        abort.abort();
        reject(new Error(name));
      });
    }
  });
  interruption.catch(() => {});
  try {
    const work = main({ atEnd: (cleanup) => cleanups.push(cleanup), signal: abort.signal });
    work.catch(() => {});
    code = /** @type {number | undefined} */ (await Promise.race([work, interruption])) ?? 0;
  } catch (error) {
    code = interrupted ? 130 : 1;
    if (!interrupted) console.error(error instanceof Error ? error.message : error);
    if (process.env.DEBUG && error instanceof Error) console.error(error.stack);
  }
  for (const cleanup of cleanups.reverse()) {
    try {
      await cleanup();
    } catch (error) {
      console.error(`while ending: ${error}`);
      code ||= 1;
    }
  }
  process.exit(code);
}
