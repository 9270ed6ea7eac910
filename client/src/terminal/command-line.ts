import type { Stack } from '../workspace/stacks.ts';

/** A command of `docker compose`, to be run here without it. */
export interface CommandLine {
  /** Options of `docker compose` itself, the command, and what belongs to it. */
  readonly words: readonly string[];
  readonly cwd: string;
  /** The engine it runs on, where that is not the chosen one. */
  readonly engine?: string | undefined;
}

/** The command on this project: with the files, profiles, env files and name that were chosen for it, or by its name alone. */
export function commandLineFor(stack: Stack, command: readonly string[]): CommandLine {
  const on = stack.engine === undefined ? {} : { engine: stack.engine };
  const reference = stack.declared?.reference;
  if (reference === undefined)
    return { words: ['-p', stack.name, ...command], cwd: stack.runtime?.workingDirectory ?? '/', ...on };
  const { files, directory, envFiles = [], profiles = [], projectName } = reference;
  return {
    words: [
      ...(files.length === 0 ? [] : ['--project-directory', directory]),
      ...files.flatMap((file) => ['-f', file]),
      ...envFiles.flatMap((file) => ['--env-file', file]),
      ...profiles.flatMap((profile) => ['--profile', profile]),
      ...(projectName === undefined ? [] : ['-p', projectName]),
      ...command,
    ],
    cwd: directory,
    ...on,
  };
}

/** As one would type it, with paths as short as they can be from where it runs. */
export function describe({ words, cwd }: CommandLine): string {
  const shown = words.map((word) => (word.startsWith(`${cwd}/`) ? word.slice(cwd.length + 1) : word));
  return [isOfSwarm(words) ? 'docker' : 'docker compose', ...shown.map(quote)].join(' ');
}

/** These are not of `docker compose`. */
function isOfSwarm([first = '']: readonly string[]): boolean {
  return ['service', 'stack', 'swarm', 'node'].includes(first);
}

function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
