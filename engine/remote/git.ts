import { spawn } from 'node:child_process';
import { devNull } from 'node:os';
import { type GitAddress, isCommit } from '#compose/load/remote-address.ts';
import { type Phrase, phrase } from '#compose/problem/phrase.ts';
import { recordOf } from '#compose/values/record.ts';
import { RemoteFailure } from './remote-failure.ts';

/** Which environment `git` runs in, and from which folder: never one that somebody else fills. */
export interface GitPlace {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Absolute; it exists. */
  readonly folder: string;
}

/**
 * The commit that an address means now. As Docker Compose, the first that `git ls-remote` names: for an annotated tag, the tag's own object. Rejects with
 * `RemoteFailure`.
 */
export async function commitOf(address: GitAddress, place: GitPlace, signal: AbortSignal): Promise<string> {
  const { repository, ref } = address;
  if (isCommit(ref)) return ref;
  const { status, output, errors } = await git(
    ['ls-remote', '--exit-code', '--', repository, ref],
    place,
    signal,
  );
  if (status === 2) throw new RemoteFailure(phrase('remote-file.no-ref', { ref }));
  const commit = output.slice(0, 40);
  if (status !== 0 || !isCommit(commit)) throw new RemoteFailure(errors);
  return commit;
}

/** Has a commit's files, and no history, in a folder that is there and empty. Rejects with `RemoteFailure`. */
export async function checkOut(
  { repository }: GitAddress,
  commit: string,
  folder: string,
  place: GitPlace,
  signal: AbortSignal,
): Promise<void> {
  const steps = [
    ['init', '--quiet'],
    ['fetch', '--quiet', '--depth=1', '--no-tags', '--no-recurse-submodules', '--', repository, commit],
    ['checkout', '--quiet', '--detach', commit, '--'],
  ];
  for (const step of steps) {
    const { status, errors } = await git(['-C', folder, ...step], place, signal);
    if (status !== 0) throw new RemoteFailure(errors);
  }
}

/** Characters that are kept of what it says. */
const longestOutput = 64_000;

/** The user's own `git`, without a shell. No hook runs, and no program that an address names. */
function git(
  words: readonly string[],
  { environment, folder }: GitPlace,
  signal: AbortSignal,
): Promise<{ readonly status: number | null; readonly output: string; readonly errors: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', ['-c', `core.hooksPath=${devNull}`, '-c', 'core.fsmonitor=false', ...words], {
      cwd: folder,
      env: gitEnvironment(environment),
      stdio: ['ignore', 'pipe', 'pipe'],
      signal,
      windowsHide: true,
    });
    const said = { output: '', errors: '' };
    const collect = (key: keyof typeof said) => (text: string) => {
      said[key] = (said[key] + text).slice(0, longestOutput);
    };
    child.stdout.setEncoding('utf8').on('data', collect('output'));
    child.stderr.setEncoding('utf8').on('data', collect('errors'));
    child.on('error', (error: NodeJS.ErrnoException) =>
      reject(new RemoteFailure(error.code === 'ENOENT' ? phrase('remote-file.no-git') : error.message)),
    );
    child.on('close', (status) => resolve({ status, ...said }));
  });
}

/**
 * Asks nobody for a password, unless the user wants that. `GIT_ALLOW_PROTOCOL`: an address may be rewritten by the user's settings (`insteadOf`), but
 * never to a program (`ext::`). The repository that this process may run in does not count.
 */
function gitEnvironment(environment: GitPlace['environment']): Record<string, string | undefined> {
  const own = /^GIT_(?:DIR|WORK_TREE|INDEX_FILE|OBJECT_DIRECTORY|COMMON_DIR|NAMESPACE|PREFIX)$/;
  const kept = recordOf(Object.entries(environment).filter(([name]) => !own.test(name)));
  const { GIT_TERMINAL_PROMPT, GIT_SSH, GIT_SSH_COMMAND, GIT_ALLOW_PROTOCOL } = kept;
  const isSshChosen = (GIT_SSH ?? '') !== '' || (GIT_SSH_COMMAND ?? '') !== '';
  return {
    ...kept,
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: GIT_TERMINAL_PROMPT || '0',
    GIT_ALLOW_PROTOCOL: GIT_ALLOW_PROTOCOL || 'https:http:ssh:git:file',
    ...(!isSshChosen && { GIT_SSH_COMMAND: 'ssh -o ControlMaster=no -o BatchMode=yes' }),
  };
}

/** What `git` said last, without its prefix. */
export function lastWords(said: Phrase | string): Phrase | string {
  if (typeof said !== 'string') return said;
  const lines = said.split('\n').map((line) => line.trim());
  const at = lines.findIndex((line) => /^(?:fatal|error):/.test(line));
  // What ends in a colon says why in the next line.
  const why = lines[at]?.endsWith(':') === true ? ` ${lines[at + 1] ?? ''}` : '';
  const fatal = at < 0 ? lines.findLast((line) => line !== '') : `${lines[at]}${why}`;
  return (fatal ?? '').replace(/^(?:fatal|error): /, '').replace(/\.$/, '');
}
