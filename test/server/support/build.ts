import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Builds the language server into a folder of the caller's: `dist` has what is packaged, and other tests read it. */
export function buildServer(folder: string): void {
  execFileSync(process.execPath, ['scripts/build.mjs', `--dist=${folder}`, 'server'], {
    cwd: root,
    stdio: 'ignore',
  });
}
