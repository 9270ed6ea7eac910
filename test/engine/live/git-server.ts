import { execFileSync, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A Git server on loopback with one repository, `git://127.0.0.1:PORT/shop.git`. */
export interface GitServer {
  readonly address: string;
  /** The commit of the branch `main`. */
  readonly commit: string;
  /** Nothing answers any more. */
  stop(): Promise<void>;
  /** Removes the repository too. */
  remove(): Promise<void>;
}

/** `files` are what `main` has; the branch `next` has `nextFiles` in their places. */
export async function startGitServer(
  files: Readonly<Record<string, string>>,
  nextFiles: Readonly<Record<string, string>>,
): Promise<GitServer> {
  const base = await mkdtemp(join(tmpdir(), 'composure-git-'));
  const folder = join(base, 'shop.git');
  await mkdir(folder);
  const who = { GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@example.test' };
  const env = {
    PATH: process.env.PATH,
    HOME: base,
    GIT_CONFIG_NOSYSTEM: '1',
    ...who,
    GIT_COMMITTER_NAME: who.GIT_AUTHOR_NAME,
    GIT_COMMITTER_EMAIL: who.GIT_AUTHOR_EMAIL,
  };
  const git = (...words: readonly string[]) =>
    execFileSync('git', words, { cwd: folder, env, encoding: 'utf8' }).trim();
  const commit = async (changes: Readonly<Record<string, string>>) => {
    for (const [name, text] of Object.entries(changes)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
    git('add', '--all');
    git('commit', '--quiet', '--message', 'change');
    return git('rev-parse', 'HEAD');
  };
  git('init', '--quiet', '--initial-branch', 'main');
  const first = await commit(files);
  git('checkout', '--quiet', '-b', 'next');
  await commit(nextFiles);
  git('checkout', '--quiet', 'main');

  const server = createServer((socket) => {
    const words = ['daemon', '--inetd', '--export-all', `--base-path=${base}`];
    const child = spawn('git', words, { env, stdio: ['pipe', 'pipe', 'ignore'] });
    for (const stream of [socket, child.stdin, child.stdout]) stream.on('error', () => undefined);
    socket.pipe(child.stdin);
    child.stdout.pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const stop = async () => void server.close();
  return {
    address: `git://127.0.0.1:${port}/shop.git`,
    commit: first,
    stop,
    async remove() {
      await stop();
      await rm(base, { recursive: true, force: true });
    },
  };
}
