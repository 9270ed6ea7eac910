import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { inject } from 'vitest';
import type { Output } from '#cli/frame/io.ts';
import { run } from '#cli/dispatch.ts';

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A command under way. */
export interface Running {
  /** All it has written so far. */
  text(): string;
  /** Ctrl-C. */
  interrupt(): void;
  readonly ended: Promise<Outcome>;
}

/** A project in a folder of its own, with a name of its own, driven through the command line. */
export interface Stack {
  readonly name: string;
  readonly folder: string;
  readonly host: string;
  /** Writes files beside the compose file; `compose.yaml` replaces it. */
  write(files: Readonly<Record<string, string>>): Promise<void>;
  /** Our command line. */
  compose(...words: readonly string[]): Promise<Outcome>;
  /** The same, interrupted (Ctrl-C) when `when` matches what it has written so far. */
  composeInterrupted(when: RegExp, ...words: readonly string[]): Promise<Outcome>;
  /** Our command line, which goes on until it is interrupted. */
  composeUntil(...words: readonly string[]): Running;
  /** Docker Compose itself, for interoperation. */
  dockerCompose(...words: readonly string[]): Promise<Outcome>;
  docker(...words: readonly string[]): Promise<Outcome>;
  /** Variables for the commands. */
  readonly environment: Record<string, string>;
  remove(): Promise<void>;
}

export async function stack(
  host: string,
  compose: string,
  files: Readonly<Record<string, string>> = {},
): Promise<Stack> {
  const name = `t${randomBytes(5).toString('hex')}`;
  const folder = await mkdtemp(join(tmpdir(), 'composure-stack-'));
  const environment: Record<string, string> = { DOCKER_HOST: host, COMPOSE_PROJECT_NAME: name };
  const words = (given: readonly string[]): Promise<Outcome> => launch(given, folder, environment).ended;
  const external = (given: readonly string[]) =>
    execute(join(inject('engineBin'), 'docker'), given, folder, {
      ...inject('engineEnv'),
      HOME: homedir(),
      ...environment,
    });
  const made: Stack = {
    name,
    folder,
    host,
    environment,
    async write(given) {
      for (const [path, text] of Object.entries(given)) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), text);
      }
    },
    compose: (...given) => words(given),
    composeInterrupted: (when, ...given) => {
      const running = launch(given, folder, environment, (text) => {
        if (when.test(text)) running.interrupt();
      });
      return running.ended;
    },
    composeUntil: (...given) => launch(given, folder, environment),
    dockerCompose: (...given) => external(['compose', ...given]),
    docker: (...given) => external(given),
    async remove() {
      await words(['-p', name, 'down', '-v', '-t', '0', '--remove-orphans']);
      await rm(folder, { recursive: true, force: true });
    },
  };
  await made.write({ 'compose.yaml': compose, ...files });
  return made;
}

/** Waits for a state, checking again and again; the check's last failure is what a timeout shows. */
export async function eventually<T>(check: () => Promise<T>, patience = 60_000): Promise<T> {
  const deadline = Date.now() + patience;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

function launch(
  words: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>>,
  onWrite: (text: string) => void = () => undefined,
): Running {
  const handlers = new Set<() => void>();
  let interrupted = false;
  const text = () => out.text() + err.text();
  const written = () => {
    if (!interrupted) onWrite(text());
  };
  const out = sink(written);
  const err = sink(written);
  const ended = run(words, {
    input: { isTerminal: false, setRaw: () => undefined, async *read() {} },
    output: out,
    errors: err,
    environment,
    cwd,
    home: homedir(),
    platform: process.platform,
    onInterrupt(handler) {
      handlers.add(handler);
      return () => handlers.delete(handler);
    },
  }).then((code) => ({ code, out: out.text(), err: err.text() }));
  return {
    text,
    interrupt() {
      interrupted = true;
      for (const handler of handlers) handler();
    },
    ended,
  };
}

function sink(onWrite: () => void): Output & { text(): string } {
  const decoder = new TextDecoder();
  let all = '';
  return {
    isTerminal: false,
    size: () => undefined,
    write(text) {
      all += typeof text === 'string' ? text : decoder.decode(text, { stream: true });
      onWrite();
    },
    drained: () => Promise.resolve(),
    onResize: () => () => undefined,
    text: () => all,
  };
}

function execute(
  file: string,
  words: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(file, words, { cwd, env }, (error, out, err) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      resolve({ code, out, err });
    });
  });
}
