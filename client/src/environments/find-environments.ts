import { basename, join } from 'node:path';
import { composeFileNames, overrideFileNames } from '#compose/load/discover.ts';

/** One way to run the project of a directory: its base file, with the one that an environment adds to it. */
export interface KnownEnvironment {
  /** `prod` of `compose.prod.yaml`; empty: what `docker compose up` takes. */
  readonly name: string;
  /** `-f`, absolute; empty for the one without a name. */
  readonly files: readonly string[];
  /** What is read then, `-f` or not. */
  readonly reads: readonly string[];
  /** `--env-file`, absolute; empty: `.env` alone. */
  readonly envFiles: readonly string[];
}

const variantName = /^(?:docker-)?compose[.-](.+)\.ya?ml$/i;
const envName = /^(?:\.env(?:\..+)?|.+\.env)$/i;
const example = /\.(?:example|sample|template|dist|tpl)$|^(?:example|sample)\./i;

/** Names of one thing. */
const synonyms: readonly (readonly string[])[] = [
  ['prod', 'production'],
  ['dev', 'development'],
  ['test', 'testing'],
  ['stage', 'staging'],
];

/** What the files in a directory offer, by their names: the standard way first, then the variants by name. Empty without a base file. */
export function findEnvironments(directory: string, names: readonly string[]): readonly KnownEnvironment[] {
  const base = composeFileNames.find((name) => names.includes(name));
  if (base === undefined) return [];
  const variants = names.flatMap((file) => {
    const name = variantName.exec(file)?.[1];
    if (name === undefined || overrideFileNames.includes(file) || composeFileNames.includes(file)) return [];
    return [{ name, file }];
  });
  const override = overrideFileNames.find((name) => names.includes(name));
  const standard = [base, ...(override === undefined ? [] : [override])].map((name) => join(directory, name));
  return [
    { name: '', files: [], reads: standard, envFiles: [] },
    ...variants
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(({ name, file }) => [name, [join(directory, base), join(directory, file)]] as const)
      .map(([name, files]) => ({
        name,
        files,
        reads: files,
        envFiles: envFilesFor(name, names).map((each) => join(directory, each)),
      })),
  ];
}

/** Files of variables in a directory, without the examples for others to copy; `.env` first. */
export function findEnvFiles(names: readonly string[]): readonly string[] {
  return names.filter((name) => envName.test(name) && !example.test(name)).sort();
}

/** `.env.prod` or `prod.env`, over `.env` where there is one; none when the environment has no file of its own. */
function envFilesFor(environment: string, names: readonly string[]): readonly string[] {
  const words = synonyms.find((each) => each.includes(environment)) ?? [environment];
  const own = findEnvFiles(names).find((name) =>
    words.some((word) => name === `.env.${word}` || name === `${word}.env`),
  );
  if (own === undefined) return [];
  return names.includes('.env') ? ['.env', own] : [own];
}

/** Files as one would say them: `compose.yaml + compose.prod.yaml`. */
export function namesOf(paths: readonly string[]): string {
  return paths.map((path) => basename(path)).join(' + ');
}
