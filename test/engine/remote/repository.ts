import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A real repository on this disk, reached as `https://example.test/shop.git` by this user's Git settings. */
export interface Repository {
  readonly folder: string;
  /** For whoever runs `git`: the settings, and a home whose cache is empty. */
  readonly environment: Readonly<Record<string, string>>;
  /** Writes files and commits them; returns the commit. */
  commit(files: Readonly<Record<string, string>>): string;
  git(...words: readonly string[]): string;
}

export const address = 'https://example.test/shop.git';

export function makeRepository(files: Readonly<Record<string, string>>): Repository {
  const home = mkdtempSync(join(tmpdir(), 'composure-remote-'));
  const folder = join(home, 'repository');
  mkdirSync(folder);
  const settings = join(home, 'gitconfig');
  const write = (rest: string) =>
    writeFileSync(
      settings,
      `[user]\nname = A\nemail = a@example.test\n[init]\ndefaultBranch = main\n[url "file://${folder}"]\ninsteadOf = ${address}\n${rest}`,
    );
  write('');
  const environment = {
    PATH: process.env.PATH ?? '',
    HOME: home,
    GIT_CONFIG_GLOBAL: settings,
    GIT_CONFIG_NOSYSTEM: '1',
  };
  const git = (...words: readonly string[]) =>
    execFileSync('git', words, { cwd: folder, env: environment, encoding: 'utf8' }).trim();
  git('init', '--quiet');
  const commit = (changes: Readonly<Record<string, string>>) => {
    for (const [name, text] of Object.entries(changes)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    git('add', '--all');
    git('commit', '--quiet', '--allow-empty', '--message', 'change');
    return git('rev-parse', 'HEAD');
  };
  commit(files);
  return { folder, environment, commit, git };
}
