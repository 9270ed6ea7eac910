import { severityOf } from '../problem/codes.ts';
import type { PathKind } from './host.ts';
import type { Asked, ComposeFiles } from './compose-files.ts';
import { parseDotenv } from './dotenv.ts';
import type { ProblemList } from './problems.ts';
import type { Variable, Variables } from './variables.ts';

/** Whether a `.env` that nobody named is looked into: a directory of that name is none; a pipe is, and refused. */
export function mayHoldVariables(found: PathKind): boolean {
  return found === 'file' || found === 'other';
}

interface EnvFilesContext {
  readonly files: ComposeFiles;
  readonly problems: ProblemList;
}

/**
 * Variables with those of env files added; what is set already stays, later files win over earlier ones. `at` is where a file is asked
 * for: problems with it are shown there, else in the file.
 */
export async function readEnvFiles(
  envFiles: readonly (Pick<Asked, 'at' | 'named'> & { readonly path: string })[],
  variables: Variables,
  { files, problems }: EnvFilesContext,
): Promise<Variables> {
  const found = new Map<string, Variable>();
  for (const { path, ...asked } of envFiles) {
    const start = files.startOf(path);
    const text = await files.text(path, 'env', asked);
    if (text === undefined) continue;
    const earlier = new Map([...found].map(([name, { value }]) => [name, value]));
    const parsed = parseDotenv(text, (name) => variables.get(name), earlier);
    if (parsed.problem !== undefined) {
      const { message, start: from, end } = parsed.problem;
      const span = { ...start, start: from, end };
      problems.report({ code: 'env-file', message, severity: severityOf('env-file'), span });
    }
    for (const [name, { value, start: from, end }] of parsed.values) {
      found.set(name, { value, from: { kind: 'file', path, span: { ...start, start: from, end } } });
    }
  }
  return variables.withMissing(found);
}
