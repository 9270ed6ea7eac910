import { toEngineTime } from '#engine/api/engine-time.ts';
import { CommandError } from './command-error.ts';

/** A time or duration that is given, as the engine takes it; absent: none is. `where` begins the sentence by which another text is refused. */
export function engineTime(text: string | undefined, where = ''): string | undefined {
  if (text === undefined || text === '') return undefined;
  const time = toEngineTime(text, Date.now());
  if (time === undefined)
    throw new CommandError(`${where}failed to parse value as time or duration: ${JSON.stringify(text)}`);
  return time;
}
