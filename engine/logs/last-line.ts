import type { EnginePort } from '../api/engine-port.ts';
import { logs } from './read-logs.ts';

/** Among the last lines, one that says something is looked for. */
const tail = 5;

/** The last that a container wrote, if that was more than blank; with one-off containers too. Rejects as {@link logs} does. */
export async function lastLineOf(
  engine: EnginePort,
  project: string,
  id: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  let last: string | undefined;
  const selection = { project, containerIds: [id] };
  for await (const { text } of logs(engine, selection, { follow: false, tail }, signal))
    if (text.trim() !== '') last = text.trim();
  return last;
}
