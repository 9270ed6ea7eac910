import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

// Node takes `--env-file` for itself wherever it stands, also behind the program's name: a file that is missing ends it with its own message (status 9), one
// that is there becomes the environment, which counts more than env files do.
it.skipIf(process.platform === 'win32')('the program’s first line keeps --env-file from Node', async () => {
  const launch = await readFile(new URL('../../cli/launch.ts', import.meta.url), 'utf8');
  const folder = await mkdtemp(join(tmpdir(), 'composure-launch-'));
  try {
    const program = join(folder, 'program.mjs');
    await writeFile(
      program,
      `${launch.split('\n')[0]}\nconsole.log(JSON.stringify([process.argv.slice(2), process.env.LEAK]));\n`,
    );
    await chmod(program, 0o755);
    await writeFile(join(folder, 'there.env'), 'LEAK=1\n');
    for (const words of [
      ['--env-file', 'missing.env', 'ps'],
      ['--env-file=there.env', 'ps'],
    ]) {
      const { stdout } = await promisify(execFile)(program, words, { cwd: folder });
      expect(JSON.parse(stdout)).toEqual([words, null]);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});
