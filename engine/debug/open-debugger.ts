import { EngineError } from '../api/engine-error.ts';
import type { ContainerDetails } from '../api/engine-objects.ts';
import type { EnginePort } from '../api/engine-port.ts';
import { say } from '../api/message.ts';
import { exec, type ExecSession } from '../exec/exec.ts';
import { debuggeeIn } from './debuggee.ts';
import { openGo } from './open-go.ts';
import { openNode } from './open-node.ts';
import { openDotnet, openJava, openRuby } from './open-others.ts';
import { openPhp } from './open-php.ts';
import { openPython } from './open-python.ts';
import type { DebuggerPort, OpenDebugger } from './opened.ts';
import { reverseRelayCommand } from './reverse-relay.ts';
import { plainEnvironment, relayCommand } from './relay.ts';
import type { Runtime } from './runtime.ts';

/**
 * Finds what runs in a container, and opens its debugger in the running process: nothing is restarted and no port published. Rejects with
 * `EngineError`: of kind `unsupported` when that cannot be done here, with what can be done instead.
 */
export async function openDebugger(
  engine: EnginePort,
  containerId: string,
  wanted: { readonly runtime?: Runtime | undefined },
  signal: AbortSignal,
): Promise<OpenDebugger> {
  const container = await engine.inspectContainer(containerId, signal);
  refuse(engine, container);
  const debuggee = await debuggeeIn(engine, container, wanted.runtime, signal);
  switch (debuggee.runtime) {
    case 'node':
      return openNode(engine, container, debuggee, signal);
    case 'python':
      return openPython(engine, container, debuggee, signal);
    case 'go':
      return openGo(engine, container, debuggee, signal);
    case 'java':
      return openJava(engine, container, debuggee, signal);
    case 'ruby':
      return openRuby(engine, container, debuggee, signal);
    case 'dotnet':
      return openDotnet(engine, container, debuggee, signal);
    case 'php':
      return openPhp(engine, container, debuggee, signal);
  }
}

/** One connection to it. */
export function connectTo(
  engine: EnginePort,
  containerId: string,
  { relay, port }: DebuggerPort,
  signal: AbortSignal,
): Promise<ExecSession> {
  return exec(
    engine,
    containerId,
    { command: relayCommand(relay, port), tty: false, env: plainEnvironment },
    signal,
  );
}

/** Has a relay listen where the debugger calls. */
export function listenFor(
  engine: EnginePort,
  containerId: string,
  { relay, port }: NonNullable<OpenDebugger['reverse']>,
  signal: AbortSignal,
): Promise<ExecSession> {
  const command = reverseRelayCommand(relay, port);
  return exec(engine, containerId, { command, tty: false, env: plainEnvironment }, signal);
}

/** What can be told at once. */
function refuse({ info }: EnginePort, { name, state }: ContainerDetails): void {
  if (info.os === 'windows')
    throw new EngineError(
      'unsupported',
      say`${name} is a Windows container: debuggers can be attached in Linux containers only.`,
      { subject: name },
    );
  if (state !== 'running')
    throw new EngineError('conflict', say`${name} is not running: start it, then attach the debugger.`, {
      subject: name,
    });
}
