import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** A project of a folder of Compose files: a folder's own one, or a file that stands for itself. */
export interface PublishedCase {
  /** Relative to the folder that was searched. */
  readonly name: string;
  readonly cwd: string;
  /** `-f`; none where Docker Compose finds the file by its name. */
  readonly files: readonly string[];
  /** Absolute: the document that is looked at. */
  readonly document: string;
  /** Further options of `docker compose`, from `case.json` beside the file. */
  readonly options: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Why Docker Compose does something else here, as far as that is known and meant. */
  readonly differs?: string;
}

/** What Docker Compose looks for, first names first. */
const found = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];

/** Every project below a folder, by name: each YAML file that has services. */
export function casesIn(folder: string): PublishedCase[] {
  const cases: PublishedCase[] = [];
  for (const path of filesBelow(folder)) {
    if (!/\.ya?ml$/.test(path) || !/^services:/m.test(readFileSync(path, 'utf8'))) continue;
    const cwd = dirname(path);
    const default_ = found.map((name) => join(cwd, name)).find((each) => exists(each));
    const { options = [], environment = {}, differs } = settingsIn(cwd);
    cases.push({
      name: relative(folder, path),
      cwd,
      files: path === default_ ? [] : [path],
      document: path,
      options,
      environment: { HOME: '/home/someone', PATH: '/usr/bin', ...environment },
      ...(differs === undefined ? {} : { differs }),
    });
  }
  return cases.sort((a, b) => (a.name < b.name ? -1 : 1));
}

interface CaseSettings {
  readonly options?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly differs?: string;
}

function settingsIn(folder: string): CaseSettings {
  const path = join(folder, 'case.json');
  return exists(path) ? (JSON.parse(readFileSync(path, 'utf8')) as CaseSettings) : {};
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/[/\\](?:node_modules|\.git)[/\\]/.test(path));
}

function exists(path: string): boolean {
  return readdirSync(dirname(path)).includes(path.slice(dirname(path).length + 1));
}
