import { execFileSync } from 'node:child_process';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readVariables } from '../../../cli/frame/env-file.ts';
import { runCommand } from '../run-command.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'composure-special-'));
});

afterEach(() => rm(folder, { recursive: true }));

function config(...words: string[]) {
  return runCommand([...words, 'config'], { cwd: folder, environment: { HOME: folder } });
}

/** A pipe that something writes into once it is read. */
async function pipe(name: string, content: string): Promise<string> {
  const path = join(folder, name);
  execFileSync('mkfifo', [path]);
  void (async () => {
    const file = await open(path, 'w');
    await file.writeFile(content);
    await file.close();
  })();
  return path;
}

const text = 'services: {a: {image: "x:${V:-none}"}}\n';

describe.skipIf(process.platform === 'win32')('files that are none', () => {
  test('a pipe is read where the command line names it, as a shell hands it over', async () => {
    await writeFile(join(folder, 'compose.yaml'), text);
    const envFile = await config('--env-file', await pipe('e', 'V=1\n'));
    expect(envFile).toMatchObject({ status: 0, errors: '' });
    expect(envFile.output).toContain('image: x:1');
    const composeFile = await config('-f', await pipe('c', text));
    expect(composeFile).toMatchObject({ status: 0, errors: '' });
    expect(await readVariables(await pipe('v', 'A=1\n'), {})).toEqual({ A: '1' });
  });

  test('one that no command line names is refused, not waited for', async () => {
    await writeFile(join(folder, 'compose.yaml'), text);
    execFileSync('mkfifo', [join(folder, '.env')]);
    const { status, errors } = await config();
    expect(status).not.toBe(0);
    expect(errors).toContain(
      `${join(folder, '.env')} cannot be read: it is a pipe. Replace it with a regular file.`,
    );
  });

  test('an endless device ends at the limit, also when it is named', async () => {
    await writeFile(join(folder, 'compose.yaml'), `include: [/dev/urandom]\n${text}`);
    expect((await config()).errors).toContain('/dev/urandom cannot be read: it is a device.');
    expect((await config('-f', '/dev/zero')).errors).toContain('/dev/zero is larger than 10 MB');
  });

  test('the null device is an empty file', async () => {
    await writeFile(join(folder, '.env'), 'V=2\n');
    await writeFile(join(folder, 'compose.yaml'), text.replace('}}', ', env_file: /dev/null}}'));
    expect((await config('--env-file', '/dev/null')).output).toContain('image: x:none');
    expect((await config()).output).toContain('image: x:2');
  });
});
