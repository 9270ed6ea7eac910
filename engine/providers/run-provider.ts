import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { EngineError } from '../api/engine-error.ts';
import { say } from '../api/message.ts';
import type { Report } from '../observe/progress.ts';
import { endOf } from './program-end.ts';
import { keepMetadata } from './kept-metadata.ts';
import { providerProgram, type ProgramSources } from './provider-program.ts';
import {
  type ProviderMessage,
  providerWords,
  readMessage,
  readMetadata,
  variablesFor,
} from './provider-protocol.ts';

export interface ProvidedService {
  readonly project: string;
  readonly name: string;
  readonly type: string;
  readonly options: Readonly<Record<string, readonly string[]>>;
  /** The project's: what the program runs in. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Runs providers' programs. */
export interface ProviderRunner {
  /** Resolves with the variables for the services that depend on it. Rejects with `EngineError`. */
  run(
    command: 'up' | 'down' | 'stop',
    service: ProvidedService,
    report: Report,
    signal: AbortSignal,
  ): Promise<Readonly<Record<string, string>>>;
}

/** `mayRun`: asked before a program is started, with its path; without it all may. */
export function providerRunner(
  sources: ProgramSources,
  mayRun: (program: string) => Promise<boolean> = async () => true,
): ProviderRunner {
  return {
    async run(command, service, report, signal) {
      const program = await providerProgram(service.type, sources);
      if (!(await mayRun(program))) throw new EngineError('cancelled', say`Canceled.`);
      const said = await ask(program, service, signal);
      const metadata = readMetadata(said);
      if (metadata !== undefined) await keepMetadata(service.type, said, sources);
      if (command === 'stop' && metadata?.commands.has('stop') !== true) return {};
      for (const { name, required } of metadata?.commands.get(command) ?? [])
        if (required && service.options[name] === undefined)
          throw new EngineError(
            'invalid',
            say`required parameter "${name}" is missing from provider "${service.type}" definition`,
            { subject: service.name },
          );
      const words = providerWords(command, service.project, service.name, service.options, metadata);
      report({ kind: 'service', name: service.name, status: statuses[command][0] });
      const messages = await carryOut(program, words, command, service, report, signal);
      report({ kind: 'service', name: service.name, status: statuses[command][1] });
      return variablesFor(service.name, messages);
    },
  };
}

const statuses = {
  up: ['Creating', 'Created'],
  down: ['Removing', 'Removed'],
  stop: ['Stopping', 'Stopped'],
} as const;

const actions = { up: 'create', down: 'remove', stop: 'stop' } as const;

async function carryOut(
  program: string,
  words: readonly string[],
  command: 'up' | 'down' | 'stop',
  service: ProvidedService,
  report: Report,
  signal: AbortSignal,
): Promise<readonly ProviderMessage[]> {
  const child = start(program, words, service, signal);
  const ended = endOf(child);
  const messages: ProviderMessage[] = [];
  const fail = (text: string) => {
    report({ kind: 'service', name: service.name, status: 'Error', detail: text.split('\n')[0] ?? '' });
    return new EngineError('engine', text, { subject: service.name });
  };
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.trim() === '') continue;
    const message = readMessage(line);
    messages.push(message);
    if (message.kind === 'info')
      report({
        kind: 'service',
        name: service.name,
        status: statuses[command][0],
        detail: message.text.split('\n')[0] ?? '',
      });
    if (message.kind !== 'error' && message.kind !== 'invalid') continue;
    child.kill();
    await ended.catch(() => undefined);
    throw fail(message.kind === 'error' ? message.text : `invalid response from plugin: ${message.text}`);
  }
  const status = await ended;
  if (signal.aborted) throw new EngineError('cancelled', say`Canceled.`);
  if (status !== 'exit status 0') throw fail(`failed to ${actions[command]} service provider: ${status}`);
  return messages;
}

/** What it says of itself; empty where it says nothing. */
async function ask(program: string, service: ProvidedService, signal: AbortSignal): Promise<string> {
  const child = start(program, ['compose', 'metadata'], service, signal);
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text = (text + part).slice(0, longestMetadata);
  });
  const status = await endOf(child);
  return status === 'exit status 0' ? text : '';
}

/** Characters. */
const longestMetadata = 1_000_000;

/** Without a shell. */
function start(
  program: string,
  words: readonly string[],
  { environment }: ProvidedService,
  signal: AbortSignal,
) {
  return spawn(program, words, {
    env: environment,
    stdio: ['ignore', 'pipe', 'ignore'],
    signal,
    windowsHide: true,
  });
}
