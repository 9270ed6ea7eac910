import { readFile } from 'node:fs/promises';
import { parseDotenv } from '#compose/load/dotenv.ts';
import { CommandError } from './command-error.ts';
import { formatPhrase } from '#compose/problem/format-phrase.ts';

/** The variables of an env file, `${…}` taken from `environment`. Rejects, with the reason, a file that cannot be read or understood. */
export async function readVariables(
  path: string,
  environment: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>>> {
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw new CommandError(`env file ${path} cannot be read: ${error.message}`);
  });
  const { values, problem } = parseDotenv(text, (name) => environment[name]);
  if (problem !== undefined) throw new CommandError(`${path}: ${formatPhrase(problem.message)}`);
  return Object.fromEntries([...values].map(([name, { value }]) => [name, value]));
}
