import { isAbsolute, resolve } from 'node:path';
import type { LoadedProject } from '#compose/load/request.ts';
import type { Environment, Mount, Port } from '#compose/model/project.ts';
import { formatPhrase } from '#compose/problem/format-phrase.ts';
import { parsePorts } from '#compose/values/port.ts';
import { recordOf } from '#compose/values/record.ts';
import { parseShellWords } from '#compose/values/shellwords.ts';
import { parseVolume } from '#compose/values/volume.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import { attach } from '#engine/exec/exec.ts';
import { createOneOff, type OneOff, type RunOptions } from '#engine/operations/run.ts';
import { plan } from '#engine/operations/up.ts';
import { formatPlan } from '#engine/plan/plan-text.ts';
import type { Command, CommandContext } from '../frame/command.ts';
import { CommandError } from '../frame/command-error.ts';
import { readVariables } from '../frame/env-file.ts';
import type { OptionSpec } from '../frame/options.ts';
import { progressReport } from '../frame/progress-lines.ts';
import { joinTerminal } from '../frame/terminal.ts';
import { confirmRemoteStack } from './remote-stack.ts';
import { toUpOptions } from './up-options.ts';

const runOptions: readonly OptionSpec[] = [
  { name: 'build', type: 'flag', description: 'Build image before starting container' },
  { name: 'cap-add', type: 'list', description: 'Add Linux capabilities' },
  { name: 'cap-drop', type: 'list', description: 'Drop Linux capabilities' },
  {
    name: 'detach',
    short: 'd',
    type: 'flag',
    description: 'Run container in background and print container ID',
  },
  { name: 'entrypoint', type: 'text', description: 'Override the entrypoint of the image' },
  { name: 'env', short: 'e', type: 'list', description: 'Set environment variables' },
  { name: 'env-from-file', type: 'list', description: 'Set environment variables from file' },
  {
    name: 'interactive',
    short: 'i',
    type: 'flag',
    default: 'true',
    description: 'Keep STDIN open even if not attached',
  },
  { name: 'label', short: 'l', type: 'list', description: 'Add or override a label' },
  { name: 'name', type: 'text', description: 'Assign a name to the container' },
  { name: 'no-TTY', short: 'T', type: 'flag', description: 'Disable pseudo-TTY allocation' },
  { name: 'no-tty', type: 'flag', description: 'Disable pseudo-TTY allocation', hidden: true },
  { name: 'no-deps', type: 'flag', description: "Don't start linked services" },
  { name: 'publish', short: 'p', type: 'list', description: "Publish a container's port(s) to the host" },
  { name: 'pull', type: 'text', description: 'Pull image before running ("always"|"missing"|"never")' },
  { name: 'quiet', short: 'q', type: 'flag', description: "Don't print anything to STDOUT" },
  { name: 'quiet-build', type: 'flag', description: 'Suppress progress output from the build process' },
  { name: 'quiet-pull', type: 'flag', description: 'Pull without printing progress information' },
  {
    name: 'remove-orphans',
    type: 'flag',
    description: 'Remove containers for services not defined in the Compose file',
  },
  { name: 'rm', type: 'flag', description: 'Automatically remove the container when it exits' },
  {
    name: 'service-ports',
    short: 'P',
    type: 'flag',
    description: "Run command with all service's ports enabled and mapped to the host",
  },
  {
    name: 'tty',
    short: 't',
    type: 'flag',
    default: 'true',
    description: 'Allocate a pseudo-TTY',
    hidden: true,
  },
  {
    name: 'use-aliases',
    type: 'flag',
    description: "Use the service's network useAliases in the network(s) the container connects to",
  },
  { name: 'user', short: 'u', type: 'text', description: 'Run as specified username or uid' },
  { name: 'volume', short: 'v', type: 'list', description: 'Bind mount a volume' },
  { name: 'volumes', type: 'list', description: 'Bind mount a volume', hidden: true },
  { name: 'workdir', short: 'w', type: 'text', description: 'Working directory inside the container' },
];

export const runService: Command = {
  name: 'run',
  usage: '[OPTIONS] SERVICE [COMMAND] [ARGS...]',
  summary: 'Run a one-off command on a service',
  arguments: { least: 1 },
  passThrough: true,
  options: runOptions,
  async run(context) {
    const { options, output, signal } = context;
    const [service = '', ...command] = context.arguments;
    if (options.flag('service-ports') && options.list('publish').length > 0) {
      throw new CommandError('--service-ports and --publish are incompatible');
    }
    const loaded = await context.project({ services: [service], withJobs: true });
    refuseScheduled(loaded);
    await confirmRemoteStack(context, loaded, false);
    const detached = options.flag('detach');
    const tty = wantsTerminal(context);
    // Of a container in the background too: a program that reads waits for whoever attaches.
    const stdin = options.flag('interactive');
    if (context.global.dryRun) return showPlan(context, loaded, service, detached);
    const wanted = await toRunOptions(context, loaded, command, { tty, stdin });
    const engine = await context.engine();
    const report = options.flag('quiet') ? () => undefined : progressReport(context);
    const container = await createOneOff(engine, loaded, service, wanted, report, signal);
    if (detached) {
      await engine.startContainer(container.id, signal);
      output.write(`${container.id}\n`);
      return 0;
    }
    return runAttached(context, engine, container, { tty, stdin });
  },
};

/** A job that only its schedule starts is not started by hand, for another job neither. Throws `CommandError`. */
function refuseScheduled({ jobs = [], project }: LoadedProject): void {
  const scheduled = jobs.find(({ name, manual }) => !manual && Object.hasOwn(project.services, name));
  if (scheduled !== undefined)
    throw new CommandError(
      `the job "${scheduled.name}" is started by its schedule only: its triggers say "manual: false"`,
    );
}

/** A terminal when there is one here, unless the options say otherwise. Throws `CommandError` for one that input cannot reach. */
function wantsTerminal({ options, input, output }: CommandContext): boolean {
  const off = ['no-tty', 'no-TTY'].find((name) => options.has(name));
  if (options.has('tty') && off !== undefined)
    throw new CommandError("--tty and --no-tty can't be used together");
  const wanted = options.has('tty')
    ? options.flag('tty')
    : off !== undefined
      ? !options.flag(off)
      : output.isTerminal && (input.isTerminal || options.has('interactive'));
  if (wanted && options.flag('interactive') && !input.isTerminal)
    throw new CommandError('cannot attach stdin to a TTY-enabled container because stdin is not a terminal');
  return wanted;
}

/** What would be brought up before, and the container. */
async function showPlan(
  context: CommandContext,
  loaded: LoadedProject,
  service: string,
  detached: boolean,
): Promise<number> {
  if (!detached) throw new CommandError('interactive run is not supported in dry-run mode');
  const dependencies = Object.keys(loaded.project.services[service]?.depends_on ?? {});
  if (!context.options.flag('no-deps') && dependencies.length > 0) {
    const wanted = { ...toUpOptions(context, loaded), services: dependencies };
    const before = await plan(await context.engine(), loaded, wanted, context.signal);
    context.output.write(`${formatPlan(before)}\n`);
  }
  context.output.write(`create and start a one-off container of ${service}\n`);
  return 0;
}

/** Resolves with the container's exit code, after removing it if `--rm` asks for it. */
async function runAttached(
  context: CommandContext,
  engine: EnginePort,
  { id }: OneOff,
  { tty, stdin }: { readonly tty: boolean; readonly stdin: boolean },
): Promise<number> {
  const { options, signal } = context;
  // In a terminal Ctrl-C is a key for the program in the container; otherwise it is a signal for it.
  const release = context.onInterrupt((count) => {
    if (!tty)
      engine.killContainer(id, { signal: count === 1 ? 'SIGINT' : 'SIGKILL' }, signal).catch(() => undefined);
  });
  // A terminal that is closed takes its program with it.
  const stop = () => void engine.stopContainer(id, {}, signal).catch(() => undefined);
  context.hangup?.addEventListener('abort', stop, { once: true });
  try {
    const session = await attach(engine, id, { tty, stdin }, signal);
    await engine.startContainer(id, signal);
    const size = context.output.size();
    if (tty && size !== undefined) void session.resize(size);
    return await joinTerminal(session, context, { tty, stdin });
  } finally {
    release();
    context.hangup?.removeEventListener('abort', stop);
    if (options.flag('rm')) {
      await engine.removeContainer(id, { force: true, volumes: true }, AbortSignal.timeout(30_000));
    }
  }
}

async function toRunOptions(
  context: CommandContext,
  loaded: LoadedProject,
  command: readonly string[],
  streams: { readonly tty: boolean; readonly stdin: boolean },
): Promise<RunOptions> {
  const { options } = context;
  const entrypoint = options.text('entrypoint');
  const words = entrypoint === undefined ? undefined : toWords(entrypoint);
  const text = (name: string, key: string) => {
    const value = options.text(name);
    return value === undefined ? {} : { [key]: value };
  };
  return {
    ...streams,
    ...(command.length > 0 && { command }),
    ...(words !== undefined && { entrypoint: words }),
    ...text('user', 'user'),
    ...text('workdir', 'workingDir'),
    ...text('name', 'name'),
    environment: await environmentOf(context, loaded),
    labels: recordOf(options.list('label').map(toLabel)),
    capAdd: options.list('cap-add'),
    capDrop: options.list('cap-drop'),
    volumes: [...options.list('volume'), ...options.list('volumes')].map((entry) =>
      toMount(entry, context.cwd),
    ),
    ...(options.flag('service-ports') && { ports: 'service' as const }),
    ...(options.list('publish').length > 0 && { ports: options.list('publish').flatMap(toPorts) }),
    useAliases: options.flag('use-aliases'),
    noDeps: options.flag('no-deps'),
    // With streams attached it is removed here, once its exit code is known.
    autoRemove: options.flag('rm') && options.flag('detach'),
    up: toUpOptions(context, loaded),
  };
}

/** `-e NAME` takes its value from here or from the project's `.env`; where neither has one, the image's own stays. */
async function environmentOf({ options, cwd }: CommandContext, loaded: LoadedProject): Promise<Environment> {
  const variables: Record<string, string> = recordOf();
  for (const file of options.list('env-from-file')) {
    Object.assign(variables, await readVariables(resolve(cwd, file), loaded.environment));
  }
  for (const entry of options.list('env')) {
    const [name, given] = splitOnce(entry);
    const value = entry.includes('=') ? given : loaded.environment[name];
    if (value !== undefined) variables[name] = value;
  }
  return variables;
}

function toWords(line: string): readonly string[] {
  const parsed = parseShellWords(line);
  if (parsed.kind !== 'words') throw new CommandError(formatPhrase(parsed.message));
  return parsed.words;
}

function toPorts(entry: string): readonly Port[] {
  const parsed = parsePorts(entry);
  if (parsed.kind === 'error') throw new CommandError(formatPhrase(parsed.message));
  return parsed.ports;
}

function toMount(entry: string, cwd: string): Mount {
  const parsed = parseVolume(entry);
  if (parsed.kind === 'error') throw new CommandError(formatPhrase(parsed.message));
  const { type, source, target, read_only } = parsed.volume;
  if (type !== 'bind' && type !== 'volume') throw new CommandError(`unsupported volume ${entry}`);
  const path = type === 'bind' && source !== undefined && !isAbsolute(source) ? resolve(cwd, source) : source;
  return {
    type,
    target,
    ...(path !== undefined && { source: path }),
    ...(read_only !== undefined && { read_only }),
  };
}

function toLabel(entry: string): readonly [string, string] {
  if (!entry.includes('=')) throw new CommandError('label must be set as KEY=VALUE');
  return splitOnce(entry);
}

function splitOnce(entry: string): readonly [string, string] {
  const at = entry.indexOf('=');
  return at < 0 ? [entry, ''] : [entry.slice(0, at), entry.slice(at + 1)];
}
