import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { mostFiles } from '../../../client/src/workspace/project-files.ts';
import { MemoryEngine } from '../support/memory-engine.ts';
import { happenings, state, TabInputText, Uri } from '../support/vscode.ts';
import { openWorkbench, stackNamed } from '../support/workbench.ts';

const shop = `name: shop
services:
  web: {image: busybox}
  job: {image: busybox, profiles: [tools]}
networks: {front: {}}
volumes: {data: {}, theirs: {external: true}}
`;

const document = (path: string) => ({
  uri: Uri.file(path),
  languageId: 'dockercompose',
  isDirty: false,
  save: async () => true,
  getText: () => '',
});

describe('what the files say', () => {
  it('is there by project, services by name with the profiles they wait for', async () => {
    const workbench = await openWorkbench({ files: { 'compose.yaml': shop } });
    expect(workbench.files.declared).toMatchObject([
      {
        name: 'shop',
        services: [
          { name: 'job', missingProfiles: ['tools'] },
          { name: 'web', missingProfiles: [] },
        ],
        networks: ['default'],
        volumes: [],
        profiles: [{ name: 'tools', active: false }],
      },
    ]);
  });

  it('is, with errors, as of the last time there were none', async () => {
    const workbench = await openWorkbench({ files: { 'compose.yaml': shop } });
    await writeFile(workbench.path('compose.yaml'), 'name: [');
    await workbench.files.refresh();
    const [declared] = workbench.files.declared;
    expect(declared?.services.map(({ name }) => name)).toEqual(['job', 'web']);
    expect(declared?.problems.some(({ severity }) => severity === 'error')).toBe(true);
  });

  it('has, never without errors, the name of its folder and no services', async () => {
    const workbench = await openWorkbench({ files: { 'My Shop/compose.yaml': 'services: [' } });
    expect(workbench.files.declared).toMatchObject([{ name: 'myshop', services: [], loaded: undefined }]);
  });

  it('follows what the user chose for the project', async () => {
    const workbench = await openWorkbench({ files: { 'compose.yaml': shop } });
    const [reference] = workbench.files.references;
    await workbench.environments.set(reference?.id ?? '', { profiles: ['tools'] });
    await expect.poll(() => workbench.files.declared[0]?.profiles).toEqual([{ name: 'tools', active: true }]);
    expect(workbench.files.declared[0]?.services[0]?.missingProfiles).toEqual([]);
  });

  it('is read again when a file of it changes, and when one is saved that it includes', async () => {
    const workbench = await openWorkbench({
      files: { 'compose.yaml': 'include: [more.yaml]\n', 'more.yaml': shop },
    });
    let changes = 0;
    workbench.files.onDidChange(() => changes++);
    happenings.file.fire(Uri.file(workbench.path('node_modules/x/compose.yaml')));
    happenings.saved.fire(document(workbench.path('unrelated.yaml')));
    await new Promise((resolve) => setImmediate(resolve));
    expect(changes).toBe(0);
    happenings.saved.fire(document(workbench.path('more.yaml')));
    await expect.poll(() => changes).toBe(1);
    happenings.file.fire(Uri.file(workbench.path('compose.yaml')));
    await expect.poll(() => changes).toBeGreaterThan(1);
  });

  it('is looked at once more, not once for each change, when changes come during a look', async () => {
    const workbench = await openWorkbench({ files: { 'compose.yaml': shop } });
    let changes = 0;
    workbench.files.onDidChange(() => changes++);
    await Promise.all([workbench.files.refresh(), workbench.files.refresh(), workbench.files.refresh()]);
    expect(changes).toBe(2);
  });

  it('is read again only where the change can matter', async () => {
    const workbench = await openWorkbench({
      files: {
        'a/compose.yaml': shop,
        'b/compose.yaml': 'name: b\nservices: {web: {image: busybox, env_file: ../shared/b.env}}\n',
        'c/compose.yaml': 'name: c\nservices: {web: {image: busybox, env_file: ../elsewhere/c.env}}\n',
        'shared/b.env': 'A=1\n',
      },
    });
    const readAgain = async (path: string) => {
      const before = new Set(workbench.files.declared);
      // Each watcher hears of it: the first one begins a look, the others ask for one more.
      let looks = 0;
      const listening = workbench.files.onDidChange(() => looks++);
      happenings.file.fire(Uri.file(workbench.path(path)));
      await expect.poll(() => looks).toBe(2);
      listening.dispose();
      return workbench.files.declared.filter((each) => !before.has(each)).map(({ name }) => name);
    };
    // c lacks a file, which may come from anywhere.
    expect(await readAgain('a/compose.yaml')).toEqual(['shop', 'c']);
    expect(await readAgain('b/.env')).toEqual(['b', 'c']);
    expect(await readAgain('shared/other.env')).toEqual(['b', 'c']);
    await writeFile(workbench.path('c/compose.yaml'), 'name: c\nservices: {web: {image: busybox}}\n');
    expect(await readAgain('c/compose.yaml')).toEqual(['c']);
    expect(await readAgain('a/compose.override.yaml')).toEqual(['shop']);
    await workbench.files.refresh();
    expect(workbench.files.declared).toHaveLength(3);
  });

  it('is that of 500 projects, all of them, and says so where there are more files than it reads', async () => {
    const file = (at: number) =>
      [`p${at}/compose.yaml`, `name: p${at}\nservices: {web: {image: a}}\n`] as const;
    const workbench = await openWorkbench({
      files: Object.fromEntries(Array.from({ length: 500 }, (_, at) => file(at))),
    });
    expect(workbench.files.declared).toHaveLength(500);
    expect(workbench.files.isCut).toBe(false);
    const [only = ''] = state.found;
    state.found = Array.from({ length: mostFiles + 1 }, () => only);
    await workbench.files.refresh();
    expect(workbench.files.isCut).toBe(true);
    expect(workbench.files.declared).toHaveLength(1);
  });

  it('is nothing where no folder is on a disk', async () => {
    const workbench = await openWorkbench({ files: { 'compose.yaml': shop } });
    state.folders = [{ uri: Uri.parse('vscode-vfs://github/me'), name: 'me' }];
    await workbench.files.refresh();
    expect(workbench.files.declared).toEqual([]);
  });
});

describe('files and engine together', () => {
  it('are one stack, with services that the files do not have', async () => {
    const engine = new MemoryEngine();
    engine.has('shop', 'web');
    engine.has('shop', 'old');
    engine.has('elsewhere', 'app');
    const workbench = await openWorkbench({ files: { 'compose.yaml': shop }, engines: { '': engine } });
    expect(workbench.stacks.stacks.map(({ name }) => name)).toEqual(['shop', 'elsewhere']);
    expect(stackNamed(workbench, 'shop').services.map(({ name }) => name)).toEqual(['old', 'web', 'job']);
  });

  it('are only those with files where the user wants that', async () => {
    const engine = new MemoryEngine();
    engine.has('elsewhere', 'app');
    const workbench = await openWorkbench({
      files: { 'compose.yaml': shop },
      engines: { '': engine },
      settings: { 'composure.tree.scope': 'workspace' },
    });
    expect(workbench.stacks.stacks.map(({ name }) => name)).toEqual(['shop']);
  });
});

describe('problems that a command found', () => {
  async function found() {
    const workbench = await openWorkbench({ files: { 'compose.yaml': 'services:\n  web: {image: 1.5}\n' } });
    const { problems } = workbench.files.declared[0] ?? { problems: [] };
    const uri = `file://${workbench.path('compose.yaml')}`;
    return { workbench, problems, uri, shown: () => state.diagnostics.get(uri) };
  }

  it('stand at their places, with their codes', async () => {
    const { workbench, problems, shown } = await found();
    await workbench.problems.show(problems);
    expect(shown()).toHaveLength(problems.length);
    expect(shown()?.[0]).toMatchObject({ source: 'compose', severity: 0, range: { start: { line: 1 } } });
  });

  it('go when the file is edited', async () => {
    const { workbench, problems, shown } = await found();
    await workbench.problems.show(problems);
    const edited = document(workbench.path('compose.yaml'));
    happenings.edited.fire({ document: edited, contentChanges: [] });
    expect(shown()).toBeDefined();
    happenings.edited.fire({ document: edited, contentChanges: [{}] });
    expect(shown()).toBeUndefined();
  });

  it('are not said twice of a file with an editor: the language server says them there', async () => {
    const { workbench, problems, shown, uri } = await found();
    await workbench.problems.show(problems);
    const tab = { input: new TabInputText(Uri.parse(uri)) };
    happenings.tabs.fire({ opened: [tab], closed: [] });
    expect(shown()).toBeUndefined();
    state.tabs = [tab];
    await workbench.problems.show(problems);
    expect(shown()).toBeUndefined();
  });

  it('are replaced by the next, and go when there are none', async () => {
    const { workbench, problems, shown } = await found();
    await workbench.problems.show(problems);
    await workbench.problems.show([]);
    expect(shown()).toBeUndefined();
  });
});
