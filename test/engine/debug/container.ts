import type { ContainerDetails, DuplexBytes } from '#engine/api/engine-objects.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import { frame } from '../streams.ts';

/** What a command in the container writes and ends with; `undefined`: its program is not there. */
export type Answer = { readonly stdout?: string; readonly exitCode?: number } | undefined;

export interface Scene {
  readonly os?: string;
  readonly state?: string;
  readonly image?: string;
  readonly env?: readonly string[];
  /** Of the image; the engine's is `amd64`. */
  readonly architecture?: string;
  /** Command lines of what runs. */
  readonly runs?: readonly string[];
  /** The programs that `command -v` finds. */
  readonly programs?: readonly string[];
  /** By a part of the command. The first that fits answers. */
  readonly answers?: readonly (readonly [part: RegExp, answer: Answer])[];
}

/** An engine with one container, as far as a debugger that looks into it can tell. */
export function engineOf(scene: Scene): EnginePort {
  const { os = 'linux', state = 'running', image = 'app', env = [], architecture = 'amd64' } = scene;
  const { runs = [], programs = ['sh'], answers = [] } = scene;
  const commands: (readonly string[])[] = [];
  const listed = runs.map((line, at) => [at + 1, 0, '/srv', '', ...line.split(' ')].join('\t')).join('\n');
  const answerTo = (command: readonly string[]): Answer => {
    const found = answers.find(([part]) => part.test(command.join(' ')));
    if (found !== undefined) return found[1];
    if (command[0] === 'sh' && !programs.includes('sh')) return undefined;
    const text = command.join(' ');
    if (text.includes('command -v')) {
      const names = command.slice(4);
      return {
        stdout: names
          .filter((name) => programs.includes(name))
          .map((name) => `/bin/${name}\n`)
          .join(''),
      };
    }
    return text.includes('readlink') ? { stdout: listed } : {};
  };
  const details = {
    id: 'c',
    name: 'shop-web-1',
    image,
    imageId: 'i',
    state,
    env,
  } as unknown as ContainerDetails;
  const port: Partial<EnginePort> = {
    info: { os } as EnginePort['info'],
    inspectContainer: async () => details,
    architecture: async () => 'amd64',
    inspectImage: async () => ({ architecture }) as Awaited<ReturnType<EnginePort['inspectImage']>>,
    topContainer: async () => ({
      titles: ['PID', 'PPID', 'COMMAND'],
      processes: runs.map((line, at) => [String(at + 1), '0', line]),
    }),
    createExec: async (_id, { command }) => String(commands.push(command) - 1),
    startExec: async (id): Promise<DuplexBytes> => {
      const text = answerTo(commands[Number(id)] ?? [])?.stdout ?? '';
      return {
        output: (async function* () {
          if (text !== '') yield frame('stdout', text);
        })(),
        write: () => true,
        drained: async () => {},
        end: () => {},
        close: () => {},
      };
    },
    inspectExec: async (id) => {
      const answer = answerTo(commands[Number(id)] ?? []);
      return { running: false, exitCode: answer === undefined ? 127 : (answer.exitCode ?? 0) };
    },
  };
  return port as EnginePort;
}
