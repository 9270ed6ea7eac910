import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { EngineError } from '../api/engine-error.ts';
import { say } from '../api/message.ts';
import { endOf } from '../providers/program-end.ts';
import { type ModelRunner, tagsIn } from './model-runner.ts';

/** The commands of `docker model`, as Docker Compose calls them: without a shell, in the project's environment. */
export function modelPlugin(program: string, environment: Readonly<Record<string, string>>): ModelRunner {
  const carryOut = (words: readonly string[], signal: AbortSignal, onLine?: (line: string) => void) =>
    run(program, words, environment, signal, onLine);
  return {
    async list(signal) {
      return tagsIn(parsed(await carryOut(['ls', '--json'], signal)));
    },
    async pull(model, onProgress, signal) {
      await carryOut(['pull', model], signal, onProgress);
    },
    async configure(model, { contextSize, runtimeFlags }, signal) {
      await carryOut(
        [
          'configure',
          ...(contextSize === undefined || contextSize <= 0 ? [] : ['--context-size', String(contextSize)]),
          model,
          ...(runtimeFlags.length === 0 ? [] : ['--', ...runtimeFlags]),
        ],
        signal,
      );
    },
    async endpoint(signal) {
      const status = parsed(await carryOut(['status', '--json'], signal)) as { endpoint?: unknown } | null;
      return typeof status?.endpoint === 'string' ? status.endpoint : '';
    },
  };
}

/** Resolves with what it wrote. Rejects with its last line of error, or else its status. */
async function run(
  program: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
  signal: AbortSignal,
  onLine: (line: string) => void = () => undefined,
): Promise<string> {
  const child = spawn(program, words, {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
    windowsHide: true,
  });
  const ended = endOf(child);
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    complaint = (complaint + part).slice(-longest);
  });
  let text = '';
  for await (const line of createInterface({ input: child.stdout })) {
    if (text.length < longest) text += `${line}\n`;
    if (line !== '') onLine(line);
  }
  const status = await ended;
  if (signal.aborted) throw new EngineError('cancelled', say`Canceled.`);
  if (status === 'exit status 0') return text;
  const reason = complaint.trim().split('\n').at(-1) ?? '';
  throw new EngineError('engine', `docker model ${words.join(' ')}: ${reason === '' ? status : reason}`);
}

/** Characters that are kept of what a command writes. */
const longest = 10_000_000;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new EngineError('engine', say`The plugin docker-model does not answer as expected.`, { cause });
  }
}
