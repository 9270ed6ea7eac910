import { EngineError } from '../api/engine-error.ts';
import type { EnginePort } from '../api/engine-port.ts';
import { execOutput } from '../exec/exec.ts';
import type { Listener } from './facts.ts';

/** On which TCP ports something in a container listens; `undefined` where the container has no `cat`, or no such tables. Changes nothing in it. */
export async function listenersIn(
  engine: EnginePort,
  containerId: string,
  signal: AbortSignal,
): Promise<readonly Listener[] | undefined> {
  try {
    const command = ['cat', '/proc/net/tcp', '/proc/net/tcp6'];
    const { stdout } = await execOutput(engine, containerId, { command }, signal);
    return stdout.includes('local_address') ? listenersOf(stdout) : undefined;
  } catch (error) {
    if (error instanceof EngineError && error.kind !== 'cancelled' && error.kind !== 'unreachable')
      return undefined;
    throw error;
  }
}

/** State `0A` is listening; addresses are hexadecimal, the bytes of each word reversed. */
export function listenersOf(tables: string): readonly Listener[] {
  const found = new Map<number, boolean>();
  for (const line of tables.split('\n')) {
    const [, address = '', portText = '', state] =
      /^\s*\d+: ([\dA-F]+):([\dA-F]{4}) [\dA-F]+:[\dA-F]+ ([\dA-F]{2})/.exec(line) ?? [];
    // What the engine itself listens with, to answer for names.
    if (state !== '0A' || address === '0B00007F') continue;
    const port = Number.parseInt(portText, 16);
    const isLoopback = /7F$/.test(address) ? address.length === 8 : /^0{24}01000000$/.test(address);
    found.set(port, (found.get(port) ?? true) && isLoopback);
  }
  return [...found].map(([port, isLoopback]) => ({ port, isLoopback })).sort((a, b) => a.port - b.port);
}
