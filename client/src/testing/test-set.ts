import { basename, dirname } from 'node:path';
import { composeFileNames } from '#compose/load/discover.ts';
import type { LoadedProject } from '#compose/load/request.ts';
import type { CommandLine } from '../terminal/command-line.ts';

/** A compose file that describes tests, with what it has to be read with. */
export interface TestSet {
  /** Absolute. */
  readonly file: string;
  readonly directory: string;
  /** `-f`, absolute: the file alone, or on top of its folder's base file. */
  readonly files: readonly string[];
  /** The project its containers belong to: never the one that is developed, so that taking it down harms nothing. */
  readonly project: string;
  /** The services that no other depends on: the tests. By name. */
  readonly tests: readonly string[];
}

/** Any other file could be a test of something else: there the text decides. */
export function isTestFile(path: string, text: string): boolean {
  const name = basename(path);
  if (!/\.test\.ya?ml$/i.test(name)) return false;
  return /^(?:docker-)?compose[.-]/i.test(name) || /^services\s*:/m.test(text);
}

/** The files to try, in this order: a test file can be complete in itself, or one that changes a base. */
export function candidates(file: string, names: readonly string[]): readonly (readonly string[])[] {
  const directory = dirname(file);
  const base = composeFileNames.find((name) => names.includes(name));
  return base === undefined ? [[file]] : [[file], [`${directory}/${base}`, file]];
}

/** Whether each service says what it runs: if not, the file was made to lie on top of another. */
export function isComplete({ project }: LoadedProject): boolean {
  const services = Object.values(project.services);
  return (
    services.length > 0 && services.every(({ image, build }) => image !== undefined || build !== undefined)
  );
}

export function toTestSet(file: string, files: readonly string[], { project }: LoadedProject): TestSet {
  const needed = new Set(
    Object.values(project.services).flatMap(({ depends_on }) => Object.keys(depends_on ?? {})),
  );
  const names = Object.keys(project.services).sort();
  const leaves = names.filter((name) => !needed.has(name));
  return {
    file,
    directory: dirname(file),
    files,
    project: /test$/.test(project.name) ? project.name : `${project.name}-test`,
    tests: leaves.length > 0 ? leaves : names,
  };
}

/** One test: with what it depends on, until a container ends; its own exit code is the result. `withInput`: what was made before, with standard input on top. */
export function runLine(set: TestSet, service: string, withInput = false): CommandLine {
  const build = withInput ? [] : ['--build'];
  const words = ['up', ...build, '--abort-on-container-exit', '--exit-code-from', service, service];
  return line(withInput ? { ...set, files: [...set.files, '-'] } : set, words);
}

/** Builds and pulls what one test needs, and starts nothing. */
export function createLine(set: TestSet, service: string): CommandLine {
  return line(set, ['create', '--build', service]);
}

/** Everything of the test goes, its volumes too: the next run begins anew. */
export function downLine(set: TestSet): CommandLine {
  return line(set, ['down', '--volumes', '--remove-orphans', '--timeout', '1']);
}

function line({ directory, files, project }: TestSet, command: readonly string[]): CommandLine {
  return {
    words: [
      ...['--project-directory', directory, '--project-name', project],
      ...files.flatMap((file) => ['-f', file]),
      ...command,
    ],
    cwd: directory,
  };
}
