import { basename } from '#system/path.ts';
import { listOf, phrase } from '#compose/problem/phrase.ts';
import type { Problem } from '#compose/problem/problem.ts';
import type { SourceFile } from '../workspace/files.ts';
import { linesIn, namesSet, usesInValues } from './env-text.ts';
import { type EnvContext, type EnvUser, usersOf, usesOf, variablesOfFile, wantedNames } from './env-users.ts';

export type EnvCode = 'duplicate-variable' | 'missing-variable' | 'overridden-variable' | 'unused-variable';

/** What is wrong with an env file, and what does nothing in it. `now`: of the projects as they are now. */
export async function envProblems(
  context: EnvContext,
  file: SourceFile,
  now: boolean,
): Promise<readonly Problem[]> {
  const users = await usersOf(context, file.path, now);
  // Not every `.env` is Docker Compose's: other programs have other rules.
  if (users.length === 0) return [];
  return [...file.derive(ownProblems), ...missing(file, users), ...withoutEffect(file, users)];
}

/** What the text alone shows. */
function ownProblems(file: SourceFile): readonly Problem[] {
  const { lines, problems } = linesIn(file);
  const last = new Map(lines.map((line) => [line.name, line]));
  const found = problems.map(
    ({ message, start, end }): Problem => ({
      code: 'env-file',
      message,
      severity: 'error',
      span: { uri: file.uri, start, end },
    }),
  );
  for (const line of lines) {
    const counts = last.get(line.name);
    if (counts === undefined || counts === line) continue;
    found.push({
      code: 'duplicate-variable' satisfies EnvCode,
      message: phrase('duplicate-variable', { name: line.name }),
      severity: 'warning',
      span: { uri: file.uri, start: line.keyStart, end: line.keyEnd },
      related: [
        {
          span: { uri: file.uri, start: counts.keyStart, end: counts.keyEnd },
          message: phrase('duplicate-variable.last', { name: line.name }),
        },
      ],
    });
  }
  return found;
}

/** The names that compose files need and nothing sets: what is missing from a file is missing at its beginning. */
export function missingNames(file: SourceFile, users: readonly EnvUser[]): readonly string[] {
  const set = namesSet(file);
  const names = users
    .filter(({ interpolates }) => interpolates !== 'no')
    .flatMap((user) =>
      wantedNames(user).filter(
        ({ name, needed, file: of }) =>
          needed && !set.has(name) && !isSetElsewhere(user, of, name, file.path),
      ),
    );
  return [...new Set(names.map(({ name }) => name))];
}

function isSetElsewhere(user: EnvUser, of: SourceFile, name: string, path: string): boolean {
  const variable = variablesOfFile(user, of)?.variable(name);
  if (variable === undefined) return false;
  // Chosen in its stead, a candidate has to say what the other file says.
  if (user.interpolates === 'candidate') return variable.from.kind !== 'file';
  return variable.from.kind !== 'file' || variable.from.path !== path;
}

function missing(file: SourceFile, users: readonly EnvUser[]): readonly Problem[] {
  const names = missingNames(file, users);
  if (names.length === 0) return [];
  const lineEnd = /\r?\n|$/.exec(file.text)?.index ?? 0;
  return [
    {
      code: 'missing-variable' satisfies EnvCode,
      message: phrase(names.length === 1 ? 'missing-variable.one' : 'missing-variable', {
        names: listOf(names.map((name) => phrase('quoted', { name }))),
      }),
      severity: 'information',
      span: { uri: file.uri, start: 0, end: lineEnd },
      data: { names },
    },
  ];
}

/** Names that nothing uses, and those whose value another one wins over. */
function withoutEffect(file: SourceFile, users: readonly EnvUser[]): readonly Problem[] {
  const [first] = users;
  // What services are given by this file their programs may use: nobody knows.
  const reachesContainers = users.some(({ services }) => services.length > 0);
  if (first === undefined) return [];
  const inValues = new Set(usesInValues(file).map(({ name }) => name));
  return linesIn(file).lines.flatMap((line): Problem[] => {
    const { name } = line;
    const span = { uri: file.uri, start: line.keyStart, end: line.keyEnd };
    const winner = users.some(
      (user) =>
        user.interpolates !== 'no' &&
        user.files.some((of) => variablesOfFile(user, of)?.variable(name)?.from.kind === 'environment'),
    );
    if (winner && !reachesContainers)
      return [
        {
          code: 'overridden-variable' satisfies EnvCode,
          message: phrase('overridden-variable', { name }),
          severity: 'hint',
          span,
        },
      ];
    if (reachesContainers || /^(?:COMPOSE|DOCKER|BUILDKIT|BUILDX)_/.test(name) || inValues.has(name))
      return [];
    if (users.some((user) => usesOf(user, name).length > 0)) return [];
    const files = first.files.map(({ path }) => basename(path)).join(', ');
    return [
      {
        code: 'unused-variable' satisfies EnvCode,
        message: phrase('unused-variable', { name, files }),
        severity: 'hint',
        span,
        tags: ['unnecessary'],
      },
    ];
  });
}
