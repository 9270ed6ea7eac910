import { setMaxListeners } from 'node:events';
import type { LoadedProject } from '#compose/load/request.ts';
import { closure, serviceGraph } from '#engine/project/service-graph.ts';
import { kill, stop } from '#engine/operations/lifecycle.ts';
import type { LogLine } from '#engine/logs/log-source.ts';
import { displayName, stepName } from '#engine/project/names.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import { targetOf } from '#engine/project/project-target.ts';
import { type UpOptions, up } from '#engine/operations/up.ts';
import type { CommandContext } from '../frame/command.ts';
import { CommandError } from '../frame/command-error.ts';
import { LogPrinter, wantsColours } from '../frame/log-printer.ts';
import { type Exit, monitor } from './up-monitor.ts';
import type { UpMenu } from './up-menu.ts';
import { FileWatch } from './file-watch.ts';
import { providersOf } from './up-options.ts';
import { progressReport } from '../frame/progress-lines.ts';

/**
 * `up` in the foreground: creates, attaches, starts, and stays until every container has ended, or Ctrl-C stops them (a second one kills them).
 * Resolves with the exit status: that of the container that `--abort-on-container-exit` or `--exit-code-from` look at.
 */
export async function attachedUp(
  context: CommandContext,
  engine: EnginePort,
  loaded: LoadedProject,
  wanted: UpOptions,
  menu: UpMenu | undefined,
): Promise<number> {
  const { errors, output, signal } = context;
  const report = progressReport(context);
  const { name } = loaded.project;
  const hookOutput = (container: string, line: string): void => printer.hook(container, line);
  const attached = attachedServices(context, loaded);
  // As Docker Compose has it: with services named, those decide when it is over, whatever else is attached.
  const watched = context.arguments.length > 0 ? context.arguments : attached;

  const created = await up(engine, loaded, { ...wanted, noStart: true }, report, signal);
  const containers = Object.entries(created.containers);
  const names = containers.flatMap(([service, list]) => (attached.includes(service) ? list : []));
  const printer = new StreamPrinter(context, name, [
    ...names.map((each) => each.name),
    ...hookNames(loaded, names),
  ]);
  if (names.length > 0) {
    output.write(`Attaching to ${names.map((container) => displayName(name, container.name)).join(', ')}\n`);
  }

  const session = new AbortController();
  const ended = AbortSignal.any([signal, session.signal]);
  setMaxListeners(0, ended);
  const decision = new ExitDecision(context);
  const target = targetOf(loaded);
  // What was started for those that were named goes on without them.
  const services = context.arguments.length > 0 ? context.arguments : Object.keys(created.containers);
  // Providers have no containers of their own.
  const stopped = context.arguments.length > 0 ? context.arguments : Object.keys(loaded.project.services);
  let stopping: Promise<unknown> | undefined;
  let watching: ReturnType<typeof monitor> | undefined;
  const stopAll = (): void => {
    const timeout = wanted.timeout === undefined ? {} : { timeout: wanted.timeout };
    stopping ??= stop(
      engine,
      target,
      { services: stopped, ...timeout, hookOutput, ...providersOf(context) },
      report,
      signal,
    );
    stopping.then(() => watching?.settle()).catch(() => undefined);
  };
  const files = new FileWatch(async (given, onStopped) => {
    const { watchPrefix, watchUntilAborted } = await import('./watch.ts');
    const prefix = watchPrefix(context, printer.width);
    const build = context.options.flag('no-build') ? undefined : wanted.build;
    await watchUntilAborted(context, engine, loaded, { services, build, prefix, prune: true }, given);
    if (onStopped()) output.write(`${prefix}Watch disabled\n`);
  }, ended);
  let interrupted = false;
  let killing: Promise<unknown> | undefined;
  const starting = new AbortController();
  const release = context.onInterrupt((count) => {
    interrupted = true;
    menu?.close();
    // Stopping would otherwise wait until everything has been started.
    starting.abort();
    if (count === 1) {
      errors.write('Gracefully Stopping... press Ctrl+C again to force\n');
      stopAll();
    } else {
      killing ??= kill(engine, target, { services }, report, signal).catch(() => undefined);
    }
  });
  try {
    watching = monitor(
      engine,
      { project: name, attached, watched, containers: watchedContainers(created.containers, watched) },
      {
        print: (lines) => printer.print(lines),
        onExit: (exit) => {
          output.write(exitLine(name, exit));
          context.onContainerExit?.(exit.service, exit.code);
          if (decision.ends(exit)) {
            errors.write('Aborting on container exit...\n');
            stopAll();
          }
        },
        // Changes of files bring containers back.
        stays: () =>
          context.options.flag('watch') && !files.wasStopped && stopping === undefined && !signal.aborted,
      },
      ended,
    );
    const noteFailure = (error: unknown) =>
      errors.write(`${error instanceof Error ? error.message : String(error)}\n`);
    const isWatchable = services.some((each) => loaded.project.services[each]?.develop?.watch !== undefined);
    await menu?.open(engine, isWatchable ? files.switchFor(watching.settle, noteFailure) : undefined, signal);
    await watching.ready;
    try {
      // What has been created is now started; nothing is recreated a second time.
      const {
        forceRecreate: _f,
        renewAnonymousVolumes: _v,
        alwaysRecreateDeps: _d,
        pull: _p,
        forceBuild: _b,
        ...again
      } = wanted;
      await up(
        engine,
        loaded,
        { ...again, ignoreOrphans: true, hookOutput, onWarning: () => undefined },
        withoutRunning(report),
        AbortSignal.any([signal, starting.signal]),
      );
    } catch (error) {
      if (!interrupted) throw error;
    }
    await (context.options.flag('watch') && !interrupted
      ? Promise.race([watching.finished, files.run().then(() => watching?.finished)])
      : watching.finished);
    await stopping?.catch((error: unknown) => {
      // What is killed meanwhile is no longer there to be stopped.
      if (killing === undefined) throw error;
    });
    await killing;
  } finally {
    menu?.close();
    release();
    session.abort();
  }
  return interrupted ? 130 : decision.status;
}

/** Each stream of a container to its own; what hooks write is under the name of their container, with an arrow. */
class StreamPrinter {
  readonly #stdout: LogPrinter;
  readonly #stderr: LogPrinter;

  constructor(
    { options, output, errors, global, environment }: CommandContext,
    project: string,
    names: readonly string[],
  ) {
    const look = {
      project,
      prefix: !options.flag('no-log-prefix'),
      timestamps: options.flag('timestamps'),
      colours: !options.flag('no-color') && wantsColours(output, global.ansi, environment),
    };
    this.#stdout = new LogPrinter(output, look);
    this.#stderr = new LogPrinter(errors, look);
    for (const name of names) {
      this.#stdout.announce(name);
      this.#stderr.announce(name);
    }
  }

  /** Of the column of names. */
  get width(): number {
    return this.#stdout.width;
  }

  /** In the order they came. */
  async print(lines: readonly LogLine[]): Promise<void> {
    for (let from = 0; from < lines.length; ) {
      const stream = lines[from]?.stream;
      const next = lines.findIndex((line, at) => at > from && line.stream !== stream);
      const end = next < 0 ? lines.length : next;
      await (stream === 'stderr' ? this.#stderr : this.#stdout).print(lines.slice(from, end));
      from = end;
    }
  }

  hook(container: string, text: string): void {
    const line = { containerId: '', containerName: hookName(container), service: '', text, time: undefined };
    void this.#stdout.print([{ ...line, stream: 'stdout' }]);
  }
}

function hookName(container: string): string {
  return `${container} ->`;
}

/** Names under which hooks will write, so that the columns have room for them from the beginning. */
function hookNames(
  loaded: LoadedProject,
  containers: readonly { readonly name: string }[],
): readonly string[] {
  const services = Object.entries(loaded.project.services);
  const steps = services.flatMap(([name, { pre_start }]) =>
    (pre_start ?? []).map((_, index) => hookName(stepName(name, index))),
  );
  const hasHooks = services.some(([, { post_start, pre_stop }]) => post_start ?? pre_stop);
  return [...steps, ...(hasHooks ? containers.map(({ name }) => hookName(name)) : [])];
}

/** Which exit ends the whole, and with what status. */
class ExitDecision {
  readonly #onAny: boolean;
  readonly #onFailure: boolean;
  readonly #from: string | undefined;
  #status: number | undefined;
  #over = false;

  constructor({ options }: CommandContext) {
    this.#from = options.text('exit-code-from');
    this.#onFailure = options.flag('abort-on-container-failure');
    this.#onAny = !this.#onFailure && (options.flag('abort-on-container-exit') || this.#from !== undefined);
  }

  get status(): number {
    return this.#status ?? 0;
  }

  /** Whether this exit is the one that ends the others. */
  ends({ service, code, restarting }: Exit): boolean {
    if (restarting) return false;
    if (service === this.#from) this.#status ??= code;
    if (this.#over || !(this.#onAny || (this.#onFailure && code !== 0))) return false;
    this.#over = true;
    if (this.#from === undefined) this.#status = code;
    return true;
  }
}

/** The services whose output is shown: those named or all, without those that ask not to be. */
function attachedServices(
  { options, arguments: named }: CommandContext,
  loaded: LoadedProject,
): readonly string[] {
  const { services } = loaded.project;
  const only = options.list('attach');
  const unknown = only.filter((name) => services[name] === undefined);
  if (unknown.length > 0) {
    throw new CommandError(`cannot attach to services not included in up: ${unknown.join(', ')}`);
  }
  const without = new Set(options.list('no-attach'));
  const roots = named.length > 0 ? named : Object.keys(services);
  const candidates = options.flag('attach-dependencies')
    ? [...closure(serviceGraph(services), roots, 'dependencies')]
    : roots;
  const chosen = only.length > 0 ? only : candidates.filter((name) => services[name]?.attach !== false);
  return chosen.filter((name) => !without.has(name)).sort();
}

function watchedContainers(
  containers: Readonly<Record<string, readonly { readonly id: string; readonly name: string }[]>>,
  watched: readonly string[],
): readonly { readonly id: string; readonly name: string; readonly service: string }[] {
  return Object.entries(containers).flatMap(([service, list]) =>
    watched.includes(service) ? list.map((container) => ({ ...container, service })) : [],
  );
}

function exitLine(project: string, { name, code, restarting }: Exit): string {
  return `${displayName(project, name)} exited with code ${code}${restarting ? ' (restarting)' : ''}\n`;
}

/** They were said to be running when they were created. */
function withoutRunning(report: ReturnType<typeof progressReport>): ReturnType<typeof progressReport> {
  return (event) => {
    if (event.status !== 'Running') report(event);
  };
}
