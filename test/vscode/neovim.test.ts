import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { installPackages } from '../../scripts/lib/debian.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const execute = promisify(execFile);

test('Neovim, set up as the README says: a diagnostic, a completion, a rename', async () => {
  await installPackages(['neovim']);
  const folder = await mkdtemp(join(tmpdir(), 'composure-neovim-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await execute(process.execPath, ['scripts/build.mjs', '--npm', `--dist=${folder}/dist`, 'server'], {
    cwd: root,
  });
  const server = join(folder, 'dist/npm/composure-language-server');
  await mkdir(join(folder, 'bin'));
  await symlink(join(server, 'bin.mjs'), join(folder, 'bin/composure-language-server'));
  const readme = await readFile(join(server, 'README.md'), 'utf8');
  const setUps = [...readme.matchAll(/```lua\n([\s\S]*?)```/g)].map(([, lua]) => lua ?? '');
  const forAll = setUps.find((lua) => lua.includes('start_client'));
  await writeFile(join(folder, 'init.lua'), forAll ?? '');
  const file = join(folder, 'compose.yaml');
  await writeFile(
    file,
    'services:\n  web:\n    image: nginx:1.29\n    depends_on:\n      - db\n      - nobody\n  db:\n    image: postgres:17\n  cache:\n    image: redis:8\n',
  );
  const result = join(folder, 'result.json');

  await execute(
    'nvim',
    ['--headless', '-n', '-u', join(folder, 'init.lua'), '-S', join(root, 'test/vscode/neovim/drive.lua')],
    {
      cwd: folder,
      timeout: 120_000,
      env: {
        ...process.env,
        PATH: `${join(folder, 'bin')}:${process.env.PATH ?? ''}`,
        HOME: folder,
        COMPOSE_FILE: file,
        RESULT: result,
      },
    },
  ).catch((error: unknown) => error);

  expect(JSON.parse(await readFile(result, 'utf8'))).toEqual({
    diagnostics: [{ line: 6, message: expect.stringContaining('nobody'), source: 'compose' }],
    completion: ['cache'],
  });
  expect(await readFile(file, 'utf8')).toBe(
    'services:\n  web:\n    image: nginx:1.29\n    depends_on:\n      - database\n      - nobody\n  database:\n    image: postgres:17\n  cache:\n    image: redis:8\n',
  );
});
