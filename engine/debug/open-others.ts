import { EngineError } from '../api/engine-error.ts';
import type { ContainerDetails } from '../api/engine-objects.ts';
import type { EnginePort } from '../api/engine-port.ts';
import { type Message, say } from '../api/message.ts';
import { ask, awaitListening, findRelay } from './ask.ts';
import type { Debuggee } from './debuggee.ts';
import type { OpenDebugger } from './opened.ts';
import { noRelay } from './open-go.ts';
import { ownMark } from './processes.ts';

/** Where vsdbg is usually put. */
const vsdbgPlaces = ['/vsdbg/vsdbg', '/root/vsdbg/vsdbg', '/remote_debugger/vsdbg', '/usr/local/bin/vsdbg'];

/** Of a process's environment, what debuggers were started by; nothing else of it is asked for. */
const debuggerVariables = /^(?:RUBY_DEBUG_PORT|JAVA_TOOL_OPTIONS|JDK_JAVA_OPTIONS)=/;
const environmentScript = `: ${ownMark}\ntr '\\000' '\\n' <"/proc/$1/environ" | grep -E '${debuggerVariables.source.replace('?:', '')}'`;

/** What the process was started with, by its arguments, by its own environment (rdbg leaves no other trace), and by the container's. */
async function toldTo(
  engine: EnginePort,
  container: ContainerDetails,
  { process }: Debuggee,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const command = ['sh', '-c', environmentScript, 'sh', String(process.pid)];
  const { stdout } = await ask(engine, container.id, command, signal);
  const own = stdout.split('\n').filter((line) => debuggerVariables.test(line));
  return [...process.args, ...own, ...container.env];
}

/** A JVM whose JDWP listens, or that can be told to. */
export async function openJava(
  engine: EnginePort,
  container: ContainerDetails,
  debuggee: Debuggee,
  signal: AbortSignal,
): Promise<OpenDebugger> {
  const jdwp = jdwpOptions(await toldTo(engine, container, debuggee, signal));
  if (jdwp === undefined)
    throw unsupported(
      container,
      say`The JVM of ${container.name} was started without JDWP, which cannot be loaded later. Restart it under the debugger, or set this variable: ${'JAVA_TOOL_OPTIONS=-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:5005'}`,
    );
  if (jdwp.onCommand)
    await ask(
      engine,
      container.id,
      ['jcmd', String(debuggee.process.pid), 'VM.start_java_debugging'],
      signal,
    );
  return relayed(engine, container, debuggee, jdwp.port, signal);
}

/** `-agentlib:jdwp=…` among arguments and variables. */
export function jdwpOptions(
  texts: readonly string[],
): { readonly port: number; readonly onCommand: boolean } | undefined {
  for (const text of texts) {
    const options = /-(?:agentlib:jdwp|Xrunjdwp)[=:](\S+)/.exec(text)?.[1];
    const port = Number(/(?:^|,)address=(?:[^,]*:)?(\d+)/.exec(options ?? '')?.[1]);
    if (options !== undefined && port > 0) return { port, onCommand: /(?:^|,)onjcmd=y/.test(options) };
  }
  return undefined;
}

/** A program that rdbg has opened. */
export async function openRuby(
  engine: EnginePort,
  container: ContainerDetails,
  debuggee: Debuggee,
  signal: AbortSignal,
): Promise<OpenDebugger> {
  const port = rdbgPort(await toldTo(engine, container, debuggee, signal));
  if (port === undefined)
    throw unsupported(
      container,
      say`The program in ${container.name} was not started by rdbg, and the debugger cannot be loaded later. Restart it under the debugger (the gem debug has to be in the image), or set its command to: ${'rdbg --open --nonstop --host 127.0.0.1 --port 12345 -c -- …'}`,
    );
  return relayed(engine, container, debuggee, port, signal);
}

/** `rdbg --port 12345`, or `RUBY_DEBUG_PORT`. */
export function rdbgPort(texts: readonly string[]): number | undefined {
  const at = texts.indexOf('--port');
  const set = texts.map((text) => /^(?:RUBY_DEBUG_PORT=|--port=)(\d+)$/.exec(text)?.[1]).find(Boolean);
  const port = Number(set ?? (at >= 0 ? texts[at + 1] : undefined));
  return port > 0 ? port : undefined;
}

/** vsdbg is started by its client, in the container, through the docker command: it speaks over its own input and output. */
export async function openDotnet(
  engine: EnginePort,
  container: ContainerDetails,
  debuggee: Debuggee,
  signal: AbortSignal,
): Promise<OpenDebugger> {
  const { stdout } = await ask(
    engine,
    container.id,
    ['sh', '-c', 'for p in "$@"; do [ -x "$p" ] && echo "$p"; done; true', 'sh', ...vsdbgPlaces],
    signal,
  );
  const [vsdbg] = stdout.split('\n').filter((line) => line !== '');
  if (vsdbg === undefined)
    throw unsupported(
      container,
      say`vsdbg is not in the image of ${container.name}. Add this line to its Dockerfile, build it and attach again: ${'RUN curl -sSL https://aka.ms/getvsdbgsh | sh /dev/stdin -v latest -l /vsdbg'}`,
    );
  return { debuggee, pipe: { container: container.name, debuggerPath: vsdbg } };
}

async function relayed(
  engine: EnginePort,
  container: ContainerDetails,
  debuggee: Debuggee,
  port: number,
  signal: AbortSignal,
): Promise<OpenDebugger> {
  const relay = await findRelay(engine, container.id, signal);
  if (relay === undefined) throw noRelay(container);
  await awaitListening(engine, container.id, port, signal);
  return { debuggee, at: { port, relay } };
}

function unsupported({ name }: ContainerDetails, message: Message): EngineError {
  return new EngineError('unsupported', message, { subject: name });
}
