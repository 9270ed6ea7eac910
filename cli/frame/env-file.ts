import { parseDotenv } from '#compose/load/dotenv.ts';
import { unread } from '#compose/load/read-problems.ts';
import { formatPhrase } from '#compose/problem/format-phrase.ts';
import { decode } from '#disk/decode.ts';
import { readNamedStream } from '#disk/named-stream.ts';
import { readBytes } from '#disk/read-bytes.ts';
import { CommandError } from './command-error.ts';
import { recordOf } from '#compose/values/record.ts';

/** The variables of an env file, `${…}` taken from `environment`. Rejects, with the reason, a file that cannot be read or understood. */
export async function readVariables(
  path: string,
  environment: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>>> {
  const read = (await readNamedStream(path, 'env')) ?? (await readBytes(path, 'env'));
  if (read.kind !== 'bytes') {
    const { message } = unread(read, path, { uri: '', start: 0, end: 0 }, 'file-not-found.env-file');
    throw new CommandError(formatPhrase(message));
  }
  const { values, problem } = parseDotenv(decode(read.bytes).text, (name) => environment[name]);
  if (problem !== undefined) throw new CommandError(`${path}: ${formatPhrase(problem.message)}`);
  return recordOf([...values].map(([name, { value }]) => [name, value]));
}
