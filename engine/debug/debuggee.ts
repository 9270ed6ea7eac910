import { setTimeout as delay } from 'node:timers/promises';
import { EngineError } from '../api/engine-error.ts';
import type { ContainerDetails } from '../api/engine-objects.ts';
import type { EnginePort } from '../api/engine-port.ts';
import { say } from '../api/message.ts';
import { ask, which } from './ask.ts';
import { headlessPort } from './delve-port.ts';
import { findDebuggee, fromTop, isStarting, type Process, readProcesses } from './processes.ts';
import {
  type Runtime,
  runtimeOfArguments,
  runtimeOfEnvironment,
  runtimeOfImage,
  runtimes,
} from './runtime.ts';
import { listCommand, type ListTool } from './scripts.ts';

/** The process that runs the program. */
export interface Debuggee {
  readonly runtime: Runtime;
  readonly process: Process;
  /** The interpreter to start in the container for what goes with it: a name, or a path. */
  readonly program: string;
  /** The port of the Delve that it was started by, and is waited for on. */
  readonly headless?: number;
}

/**
 * The process in a container that is to be debugged, by its number there. Shells, package managers and reloaders before it are passed over. Rejects
 * (`unsupported`) when it cannot be known.
 */
export async function debuggeeIn(
  engine: EnginePort,
  container: ContainerDetails,
  wanted: Runtime | undefined,
  signal: AbortSignal,
): Promise<Debuggee> {
  const seen = await seenIn(engine, container, signal);
  const runtime = wanted ?? (await runtimeOf(engine, container, seen, signal));
  if (runtime === undefined)
    throw new EngineError(
      'unsupported',
      say`It cannot be told what ${container.name} runs: no process of Node, Python, Go, Java, .NET, PHP or Ruby is seen in it. If it is one, name it as "runtime" in a launch configuration.`,
      { subject: container.name },
    );
  const program = programOf(runtime, seen);
  const tool: ListTool = runtime === 'node' || runtime === 'python' ? runtime : 'shell';
  let listed = await ask(engine, container.id, listCommand(tool, program), signal);
  if (listed.exitCode === 127 && tool !== 'shell')
    listed = await ask(engine, container.id, listCommand('shell', 'sh'), signal);
  const processes = readProcesses(listed.stdout);
  const delve = processes.map((each) => ({ each, port: headlessPort(each.args) })).find(({ port }) => port);
  // Before its client has come, the program may not have begun.
  const process = findDebuggee(processes, runtime) ?? (runtime === 'go' ? delve?.each : undefined);
  if (process === undefined)
    throw new EngineError(
      'unsupported',
      listed.exitCode === 127
        ? program === 'sh'
          ? say`${container.name} cannot be looked into: its image holds no shell. While you debug, use an image that has one.`
          : say`${container.name} cannot be looked into: its image holds neither ${program} on the PATH nor a shell. Use an image that has one of them while you debug.`
        : say`No process of ${runtimeNames[runtime]} is running in ${container.name}.`,
      { subject: container.name },
    );
  const headless = runtime === 'go' ? delve?.port : undefined;
  return { runtime, process, program, ...(headless === undefined ? {} : { headless }) };
}

/** How often, and how long in ms each time, a container that was just started is waited for. */
const looks = 100;
/** Some engines cannot list processes at all; others see none for a moment. */
const emptyLooks = 10;
const pause = 100;

/** What the engine sees running, once the program has taken the place of what starts it. */
async function seenIn(
  engine: EnginePort,
  { id }: ContainerDetails,
  signal: AbortSignal,
): Promise<readonly Process[]> {
  for (let look = 1; ; look++) {
    const seen = await engine.topContainer(id, '-eo pid,ppid,args', signal).then(fromTop, () => []);
    const starts = seen.length === 0 ? look < emptyLooks : seen.some(isStarting);
    if (!starts || look >= looks) return seen;
    await delay(pause, undefined, { signal }).catch(() => {
      throw new EngineError('cancelled', say`Canceled.`);
    });
  }
}

/** As they call themselves. */
export const runtimeNames: Readonly<Record<Runtime, string>> = {
  node: 'Node.js',
  python: 'Python',
  go: 'Go',
  java: 'Java',
  dotnet: '.NET',
  php: 'PHP',
  ruby: 'Ruby',
};

/** What runs says more than what the image was made with. */
async function runtimeOf(
  engine: EnginePort,
  container: ContainerDetails,
  seen: readonly Process[],
  signal: AbortSignal,
): Promise<Runtime | undefined> {
  const running = runtimes.find((runtime) => runtime !== 'go' && findDebuggee(seen, runtime) !== undefined);
  const known =
    running ??
    seen.map(({ args }) => runtimeOfArguments(args)).find((runtime) => runtime !== undefined) ??
    runtimeOfEnvironment(container.env) ??
    runtimeOfImage(container.image);
  if (known !== undefined) return known;
  // Programs of Go have names of their own; but who brings Delve means one.
  return (await which(engine, container.id, ['dlv'], signal)).length > 0 ? 'go' : undefined;
}

/** The interpreter that runs there already: it has the packages, and is there also without a PATH that leads to it. */
function programOf(runtime: Runtime, seen: readonly Process[]): string {
  const usual = { node: 'node', python: 'python3' } as const;
  if (runtime !== 'node' && runtime !== 'python') return 'sh';
  const program = findDebuggee(seen, runtime)?.args[0] ?? '';
  return program.startsWith('/') &&
    runtimeOfArguments([program]) === runtime &&
    /\/(?:node|python[\d.]*)$/.test(program)
    ? program
    : usual[runtime];
}
