import type { LoadedProject } from '#compose/load/request.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import type { Message } from '#engine/api/message.ts';
import { up } from '#engine/operations/up.ts';
import { watch as watchProject } from '#engine/watch/watch-files.ts';
import { formatWatchMessage, type WatchMessage } from '#engine/watch/watch-messages.ts';
import { watchRules } from '#engine/watch/watch-rules.ts';
import { builderOf } from '../frame/builder.ts';
import type { Command, CommandContext } from '../frame/command.ts';
import { CommandError } from '../frame/command-error.ts';
import { wantsColours } from '../frame/log-printer.ts';
import { progressReport, warn } from '../frame/progress-lines.ts';
import { parallelOption, programsOf } from './up-options.ts';

export const watch: Command = {
  name: 'watch',
  usage: '[SERVICE...]',
  summary: 'Watch build context for service and rebuild/refresh containers when files are updated',
  options: [
    { name: 'no-up', type: 'flag', description: 'Do not build & start services before watching' },
    {
      name: 'prune',
      type: 'flag',
      default: 'true',
      description: 'Prune dangling images on rebuild',
    },
    { name: 'quiet', type: 'flag', description: 'hide build output' },
  ],
  async run(context) {
    const { options, signal, global } = context;
    const services = context.arguments;
    const loaded = await context.project({ services });
    const unknown = services.find((name) => loaded.project.services[name] === undefined);
    if (unknown !== undefined) throw new CommandError(`no such service: ${unknown}`);
    if (global.dryRun) return showRules(context, loaded, services);
    const engine = await context.engine();
    const build = builderOf(context, loaded, { quiet: options.flag('quiet') });
    if (!options.flag('no-up')) {
      const wanted = {
        services,
        build,
        ...parallelOption(global, loaded.environment),
        onWarning: (warning: Message) => warn(context, warning),
      };
      await up(engine, loaded, wanted, progressReport(context), signal);
    }
    await watchUntilAborted(
      context,
      engine,
      loaded,
      { services, build, prefix: '', prune: options.flag('prune') },
      signal,
    );
    return signal.aborted ? 130 : 0;
  },
};

/** With messages as Docker Compose prints them, behind `prefix`. */
export async function watchUntilAborted(
  context: CommandContext,
  engine: EnginePort,
  loaded: LoadedProject,
  {
    services,
    build,
    prefix,
    prune,
  }: {
    readonly services: readonly string[];
    readonly build: ReturnType<typeof builderOf> | undefined;
    readonly prefix: string;
    readonly prune: boolean;
  },
  signal: AbortSignal,
): Promise<void> {
  const { output } = context;
  const onMessage = (message: WatchMessage): void => {
    if (message.kind === 'warning' || message.kind === 'failed') warn(context, formatWatchMessage(message));
    else output.write(`${prefix}${formatWatchMessage(message)}\n`);
  };
  await watchProject(
    engine,
    loaded,
    {
      services,
      ...(build === undefined ? {} : { build }),
      prune,
      programs: programsOf(context),
      onMessage,
    },
    progressReport(context),
    signal,
  );
}

/** The mark before what the watch of an `up` has to say, in green where there are colours. */
export function watchPrefix({ output, global, environment, options }: CommandContext, width: number): string {
  const mark = `${' '.repeat(Math.max(0, width))}⦿ `;
  return !options.flag('no-color') && wantsColours(output, global.ansi, environment)
    ? `\x1b[92m${mark}\x1b[0m`
    : mark;
}

async function showRules(
  context: CommandContext,
  loaded: LoadedProject,
  services: readonly string[],
): Promise<number> {
  for (const { service, action, path, target } of await watchRules(loaded, services, (text) =>
    warn(context, text),
  ))
    context.output.write(
      `DRY-RUN MODE - ${service}: ${action} ${path}${target === undefined ? '' : ` -> ${target}`}\n`,
    );
  return 0;
}
