import { EngineError } from '../api/engine-error.ts';
import type { ContainerDetails } from '../api/engine-objects.ts';
import type { EnginePort } from '../api/engine-port.ts';
import { say } from '../api/message.ts';
import { ask } from './ask.ts';
import { ownMark } from './processes.ts';
import { ptraceRefusal, ptraceScript, readPtraceFacts } from './ptrace.ts';

/** Rejects (`unsupported`) where a debugger that enters the process may not: with the capability that is missing, if that is what it takes. */
export async function refusePtrace(
  engine: EnginePort,
  container: ContainerDetails,
  pid: number,
  signal: AbortSignal,
): Promise<void> {
  const command = ['sh', '-c', `: ${ownMark}\n${ptraceScript}`, 'sh', String(pid)];
  const facts = readPtraceFacts((await ask(engine, container.id, command, signal)).stdout);
  // What cannot be known is tried.
  const refusal = facts === undefined ? undefined : ptraceRefusal(facts);
  if (refusal === 'capability') throw lacksPtrace(container);
  if (refusal === 'kernel')
    throw new EngineError(
      'unsupported',
      say`The kernel of the host does not allow debuggers to attach to running processes (${'kernel.yama.ptrace_scope = 3'}). Restart ${container.name} under the debugger instead.`,
      { subject: container.name },
    );
}

/** The capability is added for as long as one debugs, or the service restarted under the debugger. */
export function lacksPtrace({ name }: ContainerDetails): EngineError {
  return new EngineError(
    'unsupported',
    say`The debugger is not allowed to attach to the process in ${name}, because the container lacks the capability SYS_PTRACE. Add it until the session ends, or restart the service under the debugger, which does not need it.`,
    { subject: name, capability: 'SYS_PTRACE' },
  );
}
