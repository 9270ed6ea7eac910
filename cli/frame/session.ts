import { setMaxListeners } from 'node:events';
import { EngineError } from '#engine/api/engine-error.ts';
import type { RemoteFiles } from '#compose/load/remote-files.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import type { CommandContext, GlobalOptions } from './command.ts';
import { CommandError } from './command-error.ts';
import type { OptionValues } from './options.ts';
import type { Surroundings } from './surroundings.ts';

/** A command's context for as long as it runs. */
export interface Session {
  readonly context: CommandContext;
  /** Closes the engine's connections and gives Ctrl-C back. */
  close(): void;
}

export function createContext(
  global: GlobalOptions,
  given: { readonly values: OptionValues; readonly rest: readonly string[] },
  surroundings: Surroundings,
  abort: AbortController,
  run: (words: readonly string[], surroundings: Surroundings) => Promise<number>,
): Session {
  const { input, output, errors, environment, cwd, home, platform } = surroundings;
  const { signal } = abort;
  // Every call to the engine listens to it.
  setMaxListeners(0, signal);
  const interrupts = new Interrupts(abort);
  const release = surroundings.onInterrupt(() => interrupts.hear());
  let engine: Promise<EnginePort> | undefined;
  let fetched: Promise<RemoteFiles> | undefined;

  const context: CommandContext = {
    options: given.values,
    arguments: given.rest,
    global,
    input,
    output,
    errors,
    environment,
    cwd,
    home,
    signal,
    onInterrupt: (handler) => interrupts.handle(handler),
    hangup: surroundings.hangup,
    onContainerExit: surroundings.onContainerExit,
    again: (words, { cwd: folder, output: collected, signal: given }) =>
      run(words, {
        ...surroundings,
        input: { isTerminal: false, setRaw: () => {}, read: nothing },
        output: collected,
        errors: collected,
        cwd: folder,
        onInterrupt: (handler) => {
          given.addEventListener('abort', handler);
          return () => given.removeEventListener('abort', handler);
        },
      }),
    engine: () => (engine ??= open()),
    remote: {
      async locate(address) {
        fetched ??= fetching();
        return (await fetched).locate(address);
      },
    },
    project: async (options = {}) => {
      // Loaded only here: `logs -p x` needs no loader, and `config` no engine.
      const { loadProject } = await import('./load-project.ts');
      return loadProject(context, platform, options);
    },
    target: async (options = {}) => {
      connectMeanwhile(context);
      const { findTarget } = await import('./load-project.ts');
      return findTarget(context, platform, options);
    },
  };
  // Loaded only for a project that has a remote file.
  async function fetching(): Promise<RemoteFiles> {
    const [{ fetchedFiles }, { diskFiles }] = await Promise.all([
      import('#engine/remote/fetch-remote.ts'),
      import('#disk/disk-files.ts'),
    ]);
    return fetchedFiles({ files: diskFiles(), environment, home, signal, now: () => Date.now() });
  }
  async function open(): Promise<EnginePort> {
    const { connect } = await import('#engine/connect/connect.ts');
    const engine = await connect(
      {
        ...(global.context === undefined ? {} : { context: global.context }),
        ...(global.host === undefined ? {} : { host: global.host }),
        environment,
        home,
        platform,
      },
      signal,
    );
    if (!global.dryRun) return engine;
    const { readOnlyEngine } = await import('#engine/api/read-only-engine.ts');
    return readOnlyEngine(engine);
  }
  return {
    context,
    close() {
      release();
      engine?.then(
        (port) => port.close(),
        () => {},
      );
    },
  };
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** Ctrl-C: to whoever has taken it over, else it cancels the command. */
class Interrupts {
  readonly #abort: AbortController;
  readonly #handlers: ((count: number) => void)[] = [];
  #count = 0;

  constructor(abort: AbortController) {
    this.#abort = abort;
  }

  hear(): void {
    this.#count++;
    const handler = this.#handlers.at(-1);
    if (handler !== undefined) handler(this.#count);
    else this.#abort.abort(new EngineError('cancelled', 'Canceled.'));
  }

  handle(handler: (count: number) => void): () => void {
    this.#handlers.push(handler);
    return () => {
      const at = this.#handlers.indexOf(handler);
      if (at >= 0) this.#handlers.splice(at, 1);
    };
  }
}

/** Begins to connect while something else is done. A failure is told to who asks for the engine; who does not get that far has another one to tell. */
export function connectMeanwhile(context: CommandContext): void {
  context.engine().catch(() => undefined);
}

/** The output format that is asked for, in whatever case; none, or an empty one, is the first of those that are known. Refuses others. */
export function formatIn(options: OptionValues, known: readonly [string, ...string[]]): string {
  const given = options.text('format') ?? '';
  const format = given === '' ? known[0] : given.toLowerCase();
  if (!known.includes(format))
    throw new CommandError(`format value ${JSON.stringify(given)} could not be parsed: parsing failed`);
  return format;
}
