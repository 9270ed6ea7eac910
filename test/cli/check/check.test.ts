import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CommandResult, runCommand } from '../run-command.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'composure-check-'));
  await mkdir(join(folder, '.git'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}

const read = (name: string) => readFile(join(folder, name), 'utf8');

function check(words: readonly string[] = [], cwd = folder): Promise<CommandResult> {
  return runCommand(['check', ...words], { cwd, environment: { HOME: folder } });
}

async function codes(words: readonly string[] = [], cwd = folder): Promise<string[]> {
  const { output, errors } = await check(['--format', 'json', ...words], cwd);
  const { findings } = JSON.parse(output === '' ? errors : output) as {
    readonly findings: readonly { readonly file: string; readonly code: string; readonly severity: string }[];
  };
  return findings.map(({ file, code, severity }) => `${file} ${code} ${severity}`);
}

const sound = 'services:\n  web:\n    image: nginx:1.29\n';
const untagged = 'services:\n  web:\n    image: nginx\n';
const undefinedVolume = 'services:\n  web:\n    image: nginx:1.29\n    volumes: [data:/srv]\n';

describe('the exit status', () => {
  it('is 0 for sound files', async () => {
    await write({ 'compose.yaml': sound });
    expect(await check()).toEqual({ status: 0, output: 'No problems in 1 file.\n', errors: '' });
  });

  it('is 1 from the failing severity on', async () => {
    await write({ 'compose.yaml': untagged });
    expect((await check()).status).toBe(0);
    expect((await check(['--severity', 'hint'])).status).toBe(1);
    await write({ '.composurerc': 'failOn: hint\n' });
    expect((await check()).status).toBe(1);
    expect((await check(['--severity', 'warning'])).status).toBe(0);
    await write({ 'compose.yaml': undefinedVolume });
    expect((await check()).status).toBe(1);
  });

  it.each([
    [['--nothing'], 'unknown flag: --nothing'],
    [['--format', 'xml'], 'unknown format "xml"'],
    [['--severity', 'bad'], 'unknown severity "bad"'],
    [['--update-baseline'], '--update-baseline goes with --baseline FILE'],
    [['--baseline', 'none.json'], 'none.json: there is no such file'],
    [['missing.yaml'], 'missing.yaml: there is no such file or directory'],
    [['empty'], 'there are no compose files here'],
  ])('is 2 for %j', async (words, said) => {
    await write({ 'compose.yaml': sound, 'empty/readme.txt': '' });
    const { status, output, errors } = await check(words);
    expect({ status, output }).toEqual({ status: 2, output: '' });
    expect(errors).toContain(said);
  });

  it('is 2 for a file that cannot be read', async () => {
    await write({ 'compose.yaml': sound });
    await symlink('/dev/zero', join(folder, 'endless.yaml'));
    const { status, errors } = await check(['compose.yaml', 'endless.yaml']);
    expect({ status, errors }).toEqual({
      status: 2,
      errors: `${join(folder, 'endless.yaml')}: cannot be read\n`,
    });
  });
});

describe('which files', () => {
  it('are those here and below, and what they include', async () => {
    await write({
      'compose.yaml': `include: [parts/db.yaml]\n${sound}`,
      'compose.override.yaml': sound,
      'parts/db.yaml': untagged,
      'api/docker-compose.yml': sound,
      'swarm/docker-stack.yml': sound,
      'node_modules/x/compose.yaml': untagged,
      'other/values.yaml': 'a: b\n',
    });
    const { output } = await check(['--format', 'json']);
    expect((JSON.parse(output) as { files: string[] }).files.toSorted()).toEqual([
      'api/docker-compose.yml',
      'compose.override.yaml',
      'compose.yaml',
      'parts/db.yaml',
      'swarm/docker-stack.yml',
    ]);
  });

  it('are looked at as one project with -f', async () => {
    await write({ 'a.yaml': undefinedVolume, 'b.yaml': 'volumes:\n  data:\n' });
    expect(await codes(['a.yaml'])).toEqual(['a.yaml undefined-volume error']);
    const { status, output } = await runCommand(['-f', 'a.yaml', '-f', 'b.yaml', 'check'], {
      cwd: folder,
      environment: {},
    });
    expect({ status, output }).toEqual({ status: 0, output: 'No problems in 2 files.\n' });
  });
});

describe('.composurerc', () => {
  it('says how severe a problem is, more than .dclintrc does', async () => {
    await write({
      'compose.yaml': untagged,
      '.dclintrc':
        '{"rules": {"service-image-require-explicit-tag": 1, "require-project-name-field": 0, "no-version-field": 2}}',
    });
    expect(await codes()).toEqual(['compose.yaml untagged-image warning']);
    await write({ '.composurerc': '{"severity": {"untagged-image": "error"}}' });
    expect(await codes()).toEqual(['compose.yaml untagged-image error']);
    await write({ '.composurerc': 'severity:\n  untagged-image: off\n' });
    expect(await codes()).toEqual([]);
  });

  it('is looked for up to the repository', async () => {
    await write({ 'a/b/compose.yaml': untagged, '.composurerc.yml': 'severity: {untagged-image: off}\n' });
    expect(await codes([], join(folder, 'a/b'))).toEqual([]);
  });

  it('chooses remarks about practice, leaves files out, and names stacks', async () => {
    await write({
      'compose.yaml': `${sound}    ports: ["8080:80"]\n`,
      'old/compose.yaml': untagged,
      'prod.compose.yaml': 'services:\n  web:\n    image: nginx:1.29\n    container_name: web\n',
      '.composurerc': 'practice: all\nexclude: [old/**]\nstackFiles: [prod.compose.yaml]\n',
    });
    const found = await codes();
    expect(found).toContain('compose.yaml port-on-all-interfaces hint');
    expect(found.filter((each) => each.startsWith('old/'))).toEqual([]);
    expect(found).toContain('prod.compose.yaml ignored-by-swarm warning');
  });

  it('says what in it means nothing', async () => {
    await write({
      'compose.yaml': sound,
      '.composurerc': 'severity: {a: loud}\npractise: all\nfailOn: 3\nexclude: a\n',
    });
    const { errors } = await check();
    const path = join(folder, '.composurerc');
    expect(errors).toBe(
      [
        `${path}: The severity of "a" must be one of error, warning, information, hint, off.`,
        `${path}: There is no "practise".`,
        `${path}: "failOn" must be one of error, warning, information, hint.`,
        `${path}: "exclude" must be a list of patterns.`,
        '',
      ].join('\n'),
    );
  });
});

describe('--fix', () => {
  it('fixes what leaves the project as it is', async () => {
    await write({
      'compose.yaml': `version: "3"\nservices:\n  web:\n    ports:\n      - 22:22 # ssh\n    image: nginx:1.29\n    environment:\n      A: &unused b\n`,
    });
    const { status, errors } = await check(['--fix']);
    expect({ status, errors }).toEqual({ status: 0, errors: `Fixed ${join(folder, 'compose.yaml')}\n` });
    expect(await read('compose.yaml')).toBe(
      `services:\n  web:\n    ports:\n      - "22:22" # ssh\n    image: nginx:1.29\n    environment:\n      A: b\n`,
    );
  });

  it("puts in order what dclint's rules want in order", async () => {
    await write({
      '.dclintrc': '{"rules": {"require-project-name-field": 0}}',
      'compose.yaml': `services:\n  web:\n    ports:\n      - 443:443\n      - 80:80\n    image: nginx:1.29\n    depends_on: [db, api]\n  db:\n    image: postgres:17\n  api:\n    image: node:22\n`,
    });
    const { status } = await check(['--fix', '--severity', 'warning']);
    expect(status).toBe(1);
    const after = await read('compose.yaml');
    expect(after.indexOf('  api:')).toBeLessThan(after.indexOf('  db:'));
    expect(after.indexOf('image: nginx')).toBeLessThan(after.indexOf('ports:'));
  });

  it('leaves what would change the project', async () => {
    const text = 'services:\n  web:\n    image: nginx:1.29\n    networks: [fornt]\nnetworks:\n  front:\n';
    await write({ 'compose.yaml': text });
    expect((await check(['--fix'])).status).toBe(1);
    expect(await read('compose.yaml')).toBe(text);
  });

  it('keeps the byte order mark, and leaves other encodings alone', async () => {
    const text = `version: "3"\n${sound}`;
    await write({ 'compose.yaml': `\uFEFF${text}` });
    await writeFile(join(folder, 'docker-compose.yml'), Buffer.from(`\uFEFF${text}`, 'utf16le'));
    const { errors } = await check(['--fix', 'compose.yaml', 'docker-compose.yml']);
    expect(await read('compose.yaml')).toBe(`\uFEFF${sound}`);
    expect(errors).toContain('docker-compose.yml: not fixed, as it is not UTF-8');
  });

  it('writes nothing with --dry-run', async () => {
    const text = `version: "3"\n${sound}`;
    await write({ 'compose.yaml': text });
    expect((await check(['--fix', '--dry-run'])).errors).toBe(`Would fix ${join(folder, 'compose.yaml')}\n`);
    expect(await read('compose.yaml')).toBe(text);
  });
});

describe('--baseline', () => {
  it('tells what is new, wherever the old has moved', async () => {
    await write({ 'compose.yaml': undefinedVolume });
    const written = await check(['--baseline', 'base.json', '--update-baseline']);
    expect(written).toEqual({
      status: 0,
      output: 'No problems in 1 file.\n',
      errors: `Wrote 1 finding to ${join(folder, 'base.json')}\n`,
    });
    await write({ 'compose.yaml': `# moved\n\n${undefinedVolume}` });
    expect((await check(['--baseline', 'base.json'])).status).toBe(0);
    await write({
      'compose.yaml': `${undefinedVolume}  db:\n    image: postgres:17\n    volumes: [data:/db]\n`,
    });
    expect(await codes(['--baseline', 'base.json'])).toEqual(['compose.yaml undefined-volume error']);
    await write({ 'base.json': '[]' });
    expect((await check(['--baseline', 'base.json'])).errors).toBe('base.json: this is no baseline\n');
  });
});

it('tells only what fails with --quiet', async () => {
  await write({ 'compose.yaml': `${undefinedVolume}  db:\n    image: postgres\n` });
  expect(await codes(['--quiet'])).toEqual(['compose.yaml undefined-volume error']);
});

it('saves to a file', async () => {
  await write({ 'compose.yaml': sound });
  expect((await check(['--format', 'gitlab', '-o', 'report.json'])).output).toBe('');
  expect(await read('report.json')).toBe('[]\n');
});

it('escapes what stands in messages', async () => {
  await write({ 'compose.yaml': 'services:\n  web:\n    image: nginx:1.29\n    restart: "a,b:%\\n<&"\n' });
  const github = await check(['--format', 'github']);
  expect(github.output.split('\n')[0]).not.toMatch(/::.*::.*[\r<]\n/);
  expect(github.output.trimEnd().split('\n')).toHaveLength(2);
  const { output } = await check(['--format', 'junit']);
  expect(output).not.toMatch(/<&|&(?!lt;|gt;|amp;|quot;|#10;)/);
});
