import type { Surroundings } from './frame/surroundings.ts';
import { EngineError } from '#engine/api/engine-error.ts';
import type { Command } from './frame/command.ts';
import { CommandError } from './frame/command-error.ts';
import { commands } from './command-table.ts';
import { createContext, type Session } from './frame/session.ts';
import { globalOptions, toGlobalOptions } from './frame/global-options.ts';
import { type OptionSpec, parseOptions } from './frame/options.ts';

/** Every command takes these. */
const commonOptions: readonly OptionSpec[] = [
  { name: 'dry-run', type: 'flag', description: 'Execute command in dry run mode' },
  { name: 'help', short: 'h', type: 'flag', description: 'Show this text', hidden: true },
];

/** Exit status after Ctrl-C, as shells have it. */
const interrupted = 130;

/**
 * Runs one command line and resolves with its exit status: that of Docker Compose. Never rejects for what a user can cause: that is a message on
 * `errors` and a status.
 */
export async function run(words: readonly string[], surroundings: Surroundings): Promise<number> {
  const abort = new AbortController();
  let session: Session | undefined;
  let asJson = false;
  try {
    refuseBuilder(surroundings.environment);
    const { values, rest } = parseOptions(words, globalOptions, { interspersed: false });
    const [name, ...others] = rest;
    if (values.flag('version')) return await run(['version'], surroundings);
    if (name === undefined || name === 'help' || values.flag('help')) {
      const wanted = name === 'help' ? others[0] : undefined;
      if (wanted !== undefined) return await run([wanted, '--help'], surroundings);
      surroundings.output.write(await overview());
      return 0;
    }
    const command = await commands[name]?.load();
    if (command === undefined) {
      surroundings.output.write(await overview());
      throw new CommandError(`unknown docker command: "compose ${name}"`);
    }
    const own = optionsOf(command);
    const given = parseOwn(command, others, own);
    if (given.values.flag('help')) {
      const { commandHelp, groupHelp } = await import('./frame/help.ts');
      surroundings.output.write(
        command.subcommands === undefined ? commandHelp({ ...command, options: own }) : groupHelp(command),
      );
      return 0;
    }
    checkArguments(command, given.rest);
    const global = toGlobalOptions(values, surroundings.environment, name);
    asJson = global.progress === 'json';
    if (global.compatibility && name !== 'config')
      surroundings.errors.write(
        '--compatibility: names have "-" all the same, not the "_" of Docker Compose 1\n',
      );
    session = createContext(
      { ...global, dryRun: global.dryRun || given.values.flag('dry-run') },
      given,
      surroundings,
      abort,
      run,
    );
    return await command.run(session.context);
  } catch (error) {
    const { exitCode, message } = await explain(error);
    if (message !== '')
      surroundings.errors.write(asJson ? `${JSON.stringify({ error: true, message })}\n` : `${message}\n`);
    return exitCode;
  } finally {
    session?.close();
  }
}

function parseOwn(command: Command, words: readonly string[], own: readonly OptionSpec[]) {
  try {
    return parseOptions(words, own, { interspersed: command.passThrough !== true });
  } catch (error) {
    if (!(error instanceof CommandError) || command.usageStatus === undefined) throw error;
    throw new CommandError(error.message, command.usageStatus);
  }
}

function optionsOf({ options }: Command): readonly OptionSpec[] {
  const names = new Set(options.map(({ name }) => name));
  const letters = new Set(options.map(({ short }) => short));
  return [
    ...options,
    ...commonOptions
      .filter(({ name }) => !names.has(name))
      .map(({ short, ...rest }) => (short === undefined || letters.has(short) ? rest : { ...rest, short })),
  ];
}

/** Docker's command line looks at it first, before any command and whatever that does with it. */
function refuseBuilder({ DOCKER_BUILDKIT = '' }: Surroundings['environment']): void {
  if (DOCKER_BUILDKIT !== '' && !/^(?:1|t|T|true|TRUE|True|0|f|F|false|FALSE|False)$/.test(DOCKER_BUILDKIT))
    throw new CommandError(
      `DOCKER_BUILDKIT environment variable expects boolean value, not ${JSON.stringify(DOCKER_BUILDKIT)}`,
    );
}

function checkArguments({ name, arguments: limits = {} }: Command, given: readonly string[]): void {
  const { least = 0, most = Number.POSITIVE_INFINITY, words } = limits;
  const count = given.length;
  if (count >= least && count <= most) return;
  if (words === 'docker') {
    const wanted = `${least} ${least === 1 ? 'argument' : 'arguments'}`;
    throw new CommandError(
      `'docker compose ${name}' requires ${least === most ? wanted : `at least ${wanted}`}`,
    );
  }
  if (most === 0)
    throw new CommandError(`unknown command ${JSON.stringify(given[0])} for "docker compose ${name}"`);
  if (least > 0 && most !== Number.POSITIVE_INFINITY)
    throw new CommandError(
      least === most
        ? `accepts ${least} arg(s), received ${count}`
        : `accepts between ${least} and ${most} arg(s), received ${count}`,
    );
  throw new CommandError(
    count < least
      ? `requires at least ${least} arg(s), only received ${count}`
      : `accepts at most ${most} arg(s), received ${count}`,
  );
}

async function overview(): Promise<string> {
  const { globalHelp } = await import('./frame/help.ts');
  return globalHelp(
    globalOptions,
    Object.entries(commands).map(([name, { summary }]) => [name, summary]),
  );
}

/** What is said of a failure, without the end of the line; nothing where all has been said. */
async function explain(error: unknown): Promise<{ readonly exitCode: number; readonly message: string }> {
  if (error instanceof CommandError) return error;
  if (error instanceof EngineError)
    return error.kind === 'cancelled'
      ? { exitCode: interrupted, message: '' }
      : { exitCode: 1, message: error.message };
  const { ProblemsError, formatProblems } = await import('./frame/project-problems.ts');
  if (error instanceof ProblemsError)
    return { exitCode: 1, message: (await formatProblems(error.problems, error.texts)).trimEnd() };
  throw error;
}
