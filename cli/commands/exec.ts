import { normalizeProjectName } from '#compose/load/project-name.ts';
import { EngineError } from '#engine/api/engine-error.ts';
import { endKeys, type ExecOptions, execDetached, exec as startExec } from '#engine/exec/exec.ts';
import type { Command } from '../frame/command.ts';
import { CommandError } from '../frame/command-error.ts';
import { findContainer } from '../frame/service-names.ts';
import { joinTerminal } from '../frame/terminal.ts';

export const exec: Command = {
  name: 'exec',
  usage: '[OPTIONS] SERVICE COMMAND [ARGS...]',
  summary: 'Execute a command in a running container',
  arguments: { least: 2 },
  passThrough: true,
  options: [
    {
      name: 'detach',
      short: 'd',
      type: 'flag',
      description: 'Detached mode: Run command in the background',
    },
    { name: 'env', short: 'e', type: 'list', description: 'Set environment variables' },
    {
      name: 'index',
      type: 'number',
      description: 'Index of the container if service has multiple replicas',
    },
    {
      name: 'interactive',
      short: 'i',
      type: 'flag',
      default: 'true',
      description: 'Keep STDIN open',
      hidden: true,
    },
    {
      name: 'no-tty',
      short: 'T',
      type: 'flag',
      description: "Disable pseudo-TTY allocation. By default 'docker compose exec' allocates a TTY.",
    },
    { name: 'no-TTY', type: 'flag', description: 'Disable pseudo-TTY allocation', hidden: true },
    { name: 'privileged', type: 'flag', description: 'Give extended privileges to the process' },
    {
      name: 'tty',
      short: 't',
      type: 'flag',
      default: 'true',
      description: 'Allocate a pseudo-TTY',
      hidden: true,
    },
    { name: 'user', short: 'u', type: 'text', description: 'Run the command as this user' },
    {
      name: 'workdir',
      short: 'w',
      type: 'text',
      description: 'Path to workdir directory for this command',
    },
  ],

  async run(context) {
    const { options, output, input, signal } = context;
    const [service = '', ...command] = context.arguments;
    refuseProjectName(context.global.projectName);
    const target = await context.target({ allProfiles: true });
    const engine = await context.engine();
    const index = options.number('index') ?? 0;
    const { id } = await findContainer(engine, target.name, service, { index }, signal);
    const tty =
      options.flag('tty') &&
      !options.flag('no-tty') &&
      !options.flag('no-TTY') &&
      output.isTerminal &&
      input.isTerminal;
    const size = output.size();
    const stdin = options.flag('interactive');
    const [user, workingDir] = [options.text('user'), options.text('workdir')];
    const execOptions: ExecOptions = {
      command,
      tty,
      stdin,
      env: options.list('env').map((entry) => resolveVariable(entry, context.environment)),
      privileged: options.flag('privileged'),
      ...(user === undefined ? {} : { user }),
      ...(workingDir === undefined ? {} : { workingDir }),
      ...(tty && size !== undefined ? { size } : {}),
    };
    if (context.global.dryRun && !options.flag('detach'))
      throw new CommandError('interactive exec is not supported in dry-run mode');
    if (options.flag('detach')) {
      if (!context.global.dryRun) await execDetached(engine, id, execOptions, signal);
      return 0;
    }
    // In a terminal Ctrl-C is a key for the program in the container; through pipes it ends this side.
    const release = tty ? context.onInterrupt(() => {}) : () => {};
    try {
      const session = await startExec(engine, id, execOptions, signal);
      if (tty) context.hangup?.addEventListener('abort', () => session.write(endKeys), { once: true });
      return await joinTerminal(session, context, { tty, stdin });
    } catch (error) {
      throw notStarted(error);
    } finally {
      release();
    }
  },
};

/** The one command on what runs for which a name in another spelling is none (`-p`, which Docker Compose normalises for the others). */
function refuseProjectName(name: string | undefined): void {
  if (name !== undefined && name !== normalizeProjectName(name))
    throw new CommandError(
      `invalid project name ${JSON.stringify(name)}: use lower-case letters, digits, "-" and "_" only, and begin with a letter or digit`,
    );
}

/** `NAME` alone takes its value from here, as on Docker's command line. */
function resolveVariable(entry: string, environment: Readonly<Record<string, string | undefined>>): string {
  if (entry === '' || entry.startsWith('=')) throw new CommandError(`invalid environment variable: ${entry}`);
  if (entry.includes('=')) return entry;
  const value = environment[entry];
  return value === undefined ? entry : `${entry}=${value}`;
}

/** A program that is not there, or may not be run, has an exit status in every shell. */
function notStarted(error: unknown): unknown {
  if (!(error instanceof EngineError)) return error;
  if (/executable file not found|no such file or directory/.test(error.message))
    return new CommandError(error.message, 127);
  return /permission denied|is a directory/.test(error.message)
    ? new CommandError(error.message, 126)
    : error;
}
