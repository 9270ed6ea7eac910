import { type Runtime, runtimeOfArguments } from './runtime.ts';

/** A process in a container, with its number as the container counts. */
export interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly args: readonly string[];
  /** Its working folder, where that may be read. */
  readonly cwd?: string;
  /** The program's file, where that may be read. */
  readonly exe?: string;
}

/** What starts or watches programs, and is not what one wants to debug: the script's or module's name. */
const wrappers =
  /^(?:npm|npx|npm-cli|npx-cli|yarn|yarnpkg|pnpm|corepack|nodemon|pm2|pm2-runtime|ProcessContainerFork|forever|supervisor|concurrently|npm-run-all|run-p|run-s|tsc|tsc-watch|ts-node-dev|turbo|nx|esbuild|watchmedo|reloader|dotenv|env-cmd|cross-env|bundle|foreman|resource_tracker|forkserver)$/;

/** What marks the processes that are started here: they are in every list, and never meant. */
export const ownMark = 'composure-debug';

/**
 * The process of a runtime that runs the program itself: not the shell, package manager, reloader or master before it. `undefined` when there is none.
 * Of several workers the one that was started first.
 */
export function findDebuggee(processes: readonly Process[], runtime: Runtime): Process | undefined {
  const own = new Set(
    processes.filter(({ args }) => args.some((arg) => arg.includes(ownMark))).map(({ pid }) => pid),
  );
  const candidates = processes.filter(
    (each) => !own.has(each.pid) && !own.has(each.parent) && runs(each, runtime),
  );
  const parents = new Set(candidates.map(({ parent }) => parent));
  const ranked = candidates
    .map((process) => ({
      process,
      weight:
        (isWrapper(process) ? 2 : 0) + (parents.has(process.pid) && hasOwnChild(process, candidates) ? 1 : 0),
    }))
    .sort((a, b) => a.weight - b.weight || a.process.pid - b.process.pid);
  return ranked[0]?.process;
}

/** Not a program yet, but what the engine makes it of: `runc init`, also from memory, and without a command line by its name alone. */
export function isStarting({ args: [program = '', word] }: Pick<Process, 'args'>): boolean {
  const isRuntime = /(?:^|\/)(?:runc|crun|youki)$|^\/proc\/self\/(?:exe|fd\/\d+)$/.test(program);
  return (isRuntime && word === 'init') || /^\[?runc:\[/.test(program);
}

/** What of a process runs: the script, module or file after the options of its interpreter. */
export function scriptOf({ args }: Pick<Process, 'args'>): string | undefined {
  const rest = args.slice(1);
  for (let at = 0; at < rest.length; at++) {
    const arg = rest[at] ?? '';
    if (arg === '-m' || arg === '-jar') return rest[at + 1];
    if (arg === '-e' || arg === '-c' || arg === '--eval') return undefined;
    if (takesValue.has(arg)) at++;
    else if (!arg.startsWith('-')) return arg;
  }
  return undefined;
}

const takesValue = new Set([
  '-r',
  '--require',
  '--import',
  '--loader',
  '--experimental-loader',
  '-W',
  '-X',
  '-cp',
  '-classpath',
  '-I',
  '-C',
  '--env-file',
]);

function runs({ args, exe }: Process, runtime: Runtime): boolean {
  const program = args[0] ?? '';
  if (/^-?(?:ba|da|a|z)?sh$/.test(baseName(program))) return false;
  if (runtime === 'go')
    return !notGo.test(baseName(program)) && runtimeOfArguments([exe ?? program]) === undefined;
  return runtimeOfArguments([exe ?? program]) === runtime || runtimeOfArguments([program]) === runtime;
}

/** What runs beside programs of Go. */
const notGo = /^(?:dlv|tini|dumb-init|docker-init|busybox|su-exec|gosu|sleep|tail)$/;

/** A child that is no wrapper's helper: the program goes on in it. */
function hasOwnChild(process: Process, candidates: readonly Process[]): boolean {
  return candidates.some((each) => each.parent === process.pid && !isWrapper(each));
}

function isWrapper(process: Process): boolean {
  const name = (text: string) => baseName(text).replace(/\.[cm]?js$/, '');
  // A package manager calls itself by what it does: `npm start`.
  const called = (process.args[0] ?? '').split(' ')[0] ?? '';
  return wrappers.test(name(called)) || wrappers.test(name(scriptOf(process) ?? '')) || isHelper(process);
}

/** Python's own helpers of `multiprocessing`. */
function isHelper({ args }: Process): boolean {
  const text = args.join(' ');
  return /multiprocessing\.(?:resource_tracker|forkserver)/.test(text) || /debugpy[/.]adapter/.test(text);
}

function baseName(path: string): string {
  return path.replace(/^.*\//, '');
}

/** Reads what the listing scripts write, a line for each process: JSON, or with tabs between. Lines that are neither are left out. */
export function readProcesses(output: string): readonly Process[] {
  return output.split('\n').flatMap((line): readonly Process[] => {
    const [pid = '', parent, cwd = '', exe = '', ...args] = line.split('\t');
    if (/^\d+$/.test(pid) && args.length > 0)
      return [
        {
          pid: Number(pid),
          parent: Number(parent),
          args: args.filter((arg, at) => arg !== '' || at < args.length - 1),
          ...(cwd === '' ? {} : { cwd }),
          ...(exe === '' ? {} : { exe }),
        },
      ];
    try {
      const value: unknown = JSON.parse(line);
      return isProcess(value) ? [value] : [];
    } catch {
      return [];
    }
  });
}

function isProcess(value: unknown): value is Process {
  return (
    typeof value === 'object' &&
    value !== null &&
    'pid' in value &&
    typeof value.pid === 'number' &&
    'args' in value &&
    Array.isArray(value.args)
  );
}

/** The same of what the engine's own list says, in which processes have the numbers of the host. */
export function fromTop({
  titles,
  processes,
}: {
  readonly titles: readonly string[];
  readonly processes: readonly (readonly string[])[];
}): readonly Process[] {
  const at = (...names: readonly string[]) => titles.findIndex((title) => names.includes(title));
  const [pid, parent, command] = [at('PID'), at('PPID'), at('COMMAND', 'CMD', 'ARGS')];
  return processes.map((row) => ({
    pid: Number(row[pid] ?? 0),
    parent: Number(row[parent] ?? 0),
    args: row.slice(command).join(' ').split(' '),
  }));
}
