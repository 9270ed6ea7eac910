import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { run } from '../../scripts/lib/processes.mjs';
import { addressesOf, channelOf } from '../../scripts/lib/repository.mjs';

const root = join(import.meta.dirname, '../..');
const text = (path: string) => readFileSync(join(root, path), 'utf8');
const manifest = JSON.parse(text('package.json')) as {
  readonly version: string;
  readonly repository: { readonly url: string };
  readonly scripts: Readonly<Record<string, string>>;
};
const workflows = readdirSync(join(root, '.github/workflows')).map((name) => `.github/workflows/${name}`);

/** GitHub's own parser of workflows, bundled first: it imports JSON in a way that Node does not take. */
let github: typeof import('@actions/workflow-parser');
const bundle = join(root, 'dist', `workflow-parser-${process.pid}.mjs`);
beforeAll(async () => {
  await build({
    stdin: { contents: "export * from '@actions/workflow-parser'", resolveDir: root },
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  github = await import(/* @vite-ignore */ pathToFileURL(bundle).href);
});
afterAll(() => rmSync(bundle, { force: true }));

/** What it has against a workflow. */
async function faultsOf(name: string, content: string): Promise<readonly string[]> {
  const { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } = github;
  const { context, value } = parseWorkflow({ name, content }, new NoOperationTraceWriter());
  if (value !== undefined) await convertWorkflowTemplate(context, value, undefined, { errorPolicy: 1 });
  return context.errors.getErrors().map(({ message }) => message);
}

it('every workflow is one that GitHub takes', async () => {
  expect(workflows.map((path) => path.split('/').at(-1))).toEqual(
    expect.arrayContaining(['release.yml', 'test.yml']),
  );
  for (const path of workflows) expect(await faultsOf(path, text(path)), path).toEqual([]);
  const wrong = text('.github/workflows/release.yml').replace(
    'runs-on: ubuntu-latest',
    'runs-in: ubuntu-latest',
  );
  expect((await faultsOf('wrong.yml', wrong)).join()).toContain('runs-in');
});

it('every workflow runs scripts that there are, with actions of a fixed version and as few rights as it needs', () => {
  for (const path of workflows) {
    const content = text(path);
    for (const [, script = ''] of content.matchAll(/npm run ([\w:-]+)/g))
      expect(manifest.scripts, `${path}: npm run ${script}`).toHaveProperty([script]);
    for (const [, file = ''] of content.matchAll(/node (scripts\/[\w/.-]+)/g))
      expect(text(file).length, `${path}: ${file}`).toBeGreaterThan(0);
    for (const [, action = ''] of content.matchAll(/uses: (\S+)/g))
      expect(action).toMatch(/^\.\/|@v\d+$|@[\da-f]{40}$/);
    for (const [, called = ''] of content.matchAll(/npx ((?:--yes )\S+)/g))
      expect(called).toMatch(/@\d+\.\d+\.\d+$/);
    expect(parse(content), path).toHaveProperty('permissions', { contents: 'read' });
  }
});

it('a tag is released only if it is the version, and the changelog has it', async () => {
  const release = (tag: string) =>
    run(process.execPath, ['scripts/release.mjs', tag], { cwd: root, acceptFailure: true });
  const taken = await release(`v${manifest.version}`);
  expect(taken.stderr).toBe('');
  expect(taken.stdout).toBe(`channel=${channelOf(manifest.version)}\n`);
  const other = await release('v99.0.0');
  expect(other.code).not.toBe(0);
  expect(other.stderr).toContain('v99.0.0');
});

it('odd minors are pre-releases', () => {
  expect([channelOf('0.1.0'), channelOf('0.2.7'), channelOf('1.13.0')]).toEqual([
    'pre-release',
    'release',
    'pre-release',
  ]);
  expect(() => channelOf('1.2.3-beta')).toThrow('no version');
});

it("the project's address is package.json's, and what people copy names the same", () => {
  const { repository } = addressesOf(manifest);
  expect(
    addressesOf({ version: '1.2.3', repository: { url: 'git+https://example.org/a/b.git' } }),
  ).toMatchObject({
    repository: 'https://example.org/a/b',
    bugs: 'https://example.org/a/b/issues',
    files: 'https://example.org/a/b/raw/v1.2.3',
  });
  expect(() => addressesOf({ version: '1.2.3' })).toThrow('repository.url');
  const owner = repository.split('/').slice(3, 5).join('/');
  const left = ['node_modules', 'dist', 'test-results', '.git'];
  const files = readdirSync(root)
    .filter((name) => !left.includes(name))
    .flatMap((name) =>
      statSync(join(root, name)).isFile()
        ? [name]
        : readdirSync(join(root, name), { recursive: true, encoding: 'utf8' }).map(
            (path) => `${name}/${path}`,
          ),
    );
  const mentions = files
    .filter((path) => /\.(?:md|mjs|ts|ya?ml|json)$/.test(path))
    .flatMap((path) =>
      [...text(path).matchAll(/(?:github\.com\/|uses: )([\w-]+\/composure)\b/g)].map(([, name = '']) => ({
        path,
        name,
      })),
    );
  expect(mentions.filter(({ name }) => name !== owner)).toEqual([]);
  // Everything else is derived. These are to be renamed with it: examples to copy, and the pages that findings link to.
  expect([...new Set(mentions.map(({ path }) => path))].toSorted()).toEqual([
    'docs/check.md',
    'docs/fr/check.md',
    'package.json',
  ]);
});

it('forms for issues are such as GitHub reads', () => {
  const forms = readdirSync(join(root, '.github/ISSUE_TEMPLATE')).filter((name) => name !== 'config.yml');
  expect(forms).toEqual(['bug.yml', 'idea.yml']);
  for (const name of forms) {
    const form = parse(text(`.github/ISSUE_TEMPLATE/${name}`)) as {
      readonly name: string;
      readonly description: string;
      readonly body: readonly { readonly type: string; readonly id?: string; readonly attributes: object }[];
    };
    expect([form.name, form.description].every((each) => each.length > 3)).toBe(true);
    for (const { type, id, attributes } of form.body) {
      expect(['markdown', 'textarea', 'input', 'dropdown', 'checkboxes']).toContain(type);
      if (type === 'markdown') expect(attributes).toHaveProperty('value');
      else {
        expect(id, name).toMatch(/^[\w-]+$/);
        expect(attributes).toHaveProperty('label');
      }
    }
  }
});
