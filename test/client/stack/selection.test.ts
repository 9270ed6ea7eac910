import { describe, expect, it } from 'vitest';
import { titleOf } from '../../../client/src/stack/selected.ts';
import { pickContainer, select } from '../../../client/src/stack/selection.ts';
import { MemoryEngine } from '../support/memory-engine.ts';
import { person } from '../support/person.ts';
import { state, Uri } from '../support/vscode.ts';
import { openWorkbench, stackNamed } from '../support/workbench.ts';

const shop = 'name: shop\nservices:\n  web: {image: busybox}\n';
const blog = 'name: blog\nservices:\n  app: {image: busybox}\n';

function editorOn(path: string): void {
  const uri = Uri.file(path);
  const document = {
    uri,
    languageId: 'dockercompose',
    isDirty: false,
    save: async () => true,
    getText: () => '',
  };
  state.activeEditor = { document };
}

describe('a command from the palette', () => {
  it('works on the only project there is', async () => {
    const workbench = await openWorkbench({ files: { 'compose.yaml': shop } });
    expect((await select(workbench, [])).map(titleOf)).toEqual(['shop']);
    expect(person.shown).toEqual([]);
  });

  it('works on the project of the file in the editor', async () => {
    const workbench = await openWorkbench({ files: { 'a/compose.yaml': shop, 'b/compose.yaml': blog } });
    editorOn(workbench.path('b/compose.yaml'));
    expect((await select(workbench, [])).map(titleOf)).toEqual(['blog']);
  });

  it('asks which where there are several, and does nothing when nobody answers', async () => {
    const workbench = await openWorkbench({ files: { 'a/compose.yaml': shop, 'b/compose.yaml': blog } });
    person.answers('blog');
    expect((await select(workbench, [])).map(titleOf)).toEqual(['blog']);
    expect(await select(workbench, [])).toEqual([]);
  });

  it('offers only projects with files where it needs them', async () => {
    const engine = new MemoryEngine();
    engine.has('elsewhere', 'app');
    const workbench = await openWorkbench({ files: { 'compose.yaml': shop }, engines: { '': engine } });
    expect((await select(workbench, [], { declaredOnly: true })).map(titleOf)).toEqual(['shop']);
    person.answers('elsewhere');
    expect((await select(workbench, [])).map(titleOf)).toEqual(['elsewhere']);
  });

  it('says that there is nothing to work on', async () => {
    const workbench = await openWorkbench();
    expect(await select(workbench, [])).toEqual([]);
    expect(person.saw('information')).toEqual([
      'This workspace has no Compose file, and no containers are running.',
    ]);
  });
});

describe('a command on a file', () => {
  it('works on the base file with a variant on top of it', async () => {
    const workbench = await openWorkbench({
      files: { 'compose.yaml': shop, 'compose.prod.yaml': 'services:\n  proxy: {image: nginx}\n' },
    });
    const [selection] = await select(workbench, [Uri.file(workbench.path('compose.prod.yaml'))]);
    expect(selection?.stack.services.map(({ name }) => name)).toEqual(['proxy', 'web']);
  });

  it('says that a file that is on no disk cannot be run', async () => {
    const workbench = await openWorkbench();
    expect(await select(workbench, [Uri.parse('vscode-vfs://github/me/compose.yaml')])).toEqual([]);
    expect(person.saw('information')).toEqual(['compose.yaml is not on a local disk, so it cannot be run.']);
  });
});

describe('one container of a selection', () => {
  async function twoRun() {
    const engine = new MemoryEngine();
    engine.has('shop', 'web');
    engine.has('shop', 'db', { state: 'exited', exitCode: 0 });
    engine.has('shop', 'cache');
    const workbench = await openWorkbench({ engines: { '': engine } });
    return stackNamed(workbench, 'shop');
  }

  it('is the only one that runs', async () => {
    const stack = await twoRun();
    expect((await pickContainer({ stack, services: ['web', 'db'] }))?.name).toBe('shop-web-1');
    expect(person.shown).toEqual([]);
  });

  it('is picked where several run, by its short name', async () => {
    const stack = await twoRun();
    person.answers('cache-1');
    expect((await pickContainer({ stack }))?.name).toBe('shop-cache-1');
    expect(person.last?.choices).toEqual(['cache-1', 'web-1']);
  });

  it('is none where nothing runs, which is said', async () => {
    const stack = await twoRun();
    expect(await pickContainer({ stack, services: ['db'] })).toBeUndefined();
    expect(person.saw('information')).toEqual(['No container of db is running. Start it first.']);
  });
});
