import { describe, expect, it } from 'vitest';
import { isAddress, connectOptions } from '../../../client/src/workspace/engine-options.ts';
import { MemoryEngine } from '../support/memory-engine.ts';
import { happenings, state, workspace } from '../support/vscode.ts';
import { openWorkbench } from '../support/workbench.ts';

const soon = () => AbortSignal.timeout(10_000);

async function twoEngines() {
  const [own, lab] = [new MemoryEngine('unix:///own.sock'), new MemoryEngine('tcp://lab:2376')];
  own.has('shop', 'web', { name: 'shop-web-1' });
  lab.has('blog', 'app');
  const workbench = await openWorkbench({
    engines: { '': own, lab },
    settings: { 'composure.engines': ['lab'] },
  });
  return { own, lab, workbench, engines: workbench.engines };
}

describe('the engine of something', () => {
  it('is the one of its name, else the chosen one', async () => {
    const { engines } = await twoEngines();
    expect(engines.of({ engine: 'lab' })).toBe(engines.added.get('lab'));
    expect(engines.of({})).toBe(engines.chosen);
    expect(engines.of({ engine: 'gone' })).toBe(engines.chosen);
  });

  it('is the one that holds the container', async () => {
    const { engines } = await twoEngines();
    await engines.of({ engine: 'lab' }).engine(soon());
    expect(engines.holding('id-of-blog-app-1')).toBe(engines.added.get('lab'));
    expect(engines.holding('id-of-shop-web-1')).toBe(engines.chosen);
    expect(engines.portHolding('id-of-blog-app-1')?.info.endpoint).toBe('tcp://lab:2376');
  });
});

describe('an engine that was added', () => {
  it('connects when it is first looked at, and its stacks are there', async () => {
    const { engines, workbench } = await twoEngines();
    expect(engines.added.get('lab')?.started).toBe(false);
    engines.look('lab');
    await expect
      .poll(() => workbench.stacks.stacks.map(({ name, engine }) => [name, engine]))
      .toEqual([
        ['shop', undefined],
        ['blog', 'lab'],
      ]);
  });

  it('is let go when its row is folded, and stays so until that is opened', async () => {
    const { engines } = await twoEngines();
    const lab = engines.of({ engine: 'lab' });
    engines.look('lab');
    await expect.poll(() => lab.snapshot.connection).toBe('connected');
    engines.fold('lab');
    expect([lab.started, lab.snapshot.projects]).toEqual([false, []]);
    engines.look('lab');
    engines.refresh();
    expect(lab.started).toBe(false);
    engines.unfold('lab');
    await expect.poll(() => lab.snapshot.projects.map(({ name }) => name)).toEqual(['blog']);
  });

  it('comes and goes with the setting, which is told', async () => {
    const { engines } = await twoEngines();
    const told: (string | undefined)[] = [];
    engines.onDidChangeAdded((name) => told.push(name));
    await workspace.getConfiguration().update('composure.engines', ['office']);
    expect([...engines.added.keys()]).toEqual(['office']);
    expect(told).toContain(undefined);
  });
});

describe('the chosen engine', () => {
  it('is nowhere in a folder that is not trusted', async () => {
    const { workbench } = await twoEngines();
    state.isTrusted = false;
    await expect(workbench.engine.engine(soon())).rejects.toMatchObject({ kind: 'unsupported' });
  });

  it('is asked for with a signal that ends the waiting', async () => {
    const engine = new MemoryEngine();
    engine.isReachable = false;
    const workbench = await openWorkbench({ engines: { '': engine } });
    await expect(workbench.engine.engine(soon())).rejects.toMatchObject({ kind: 'unreachable' });
    const waiting = new AbortController();
    const asked = workbench.engine.engine(waiting.signal);
    waiting.abort();
    await expect(asked).rejects.toThrow();
  });

  it('stays in view while it is looked at anew, and tells which projects were seen on either side', async () => {
    const { own, workbench } = await twoEngines();
    const told: string[][] = [];
    workbench.engine.onDidChange(({ projects }) => told.push([...projects].sort()));
    own.containers.clear();
    own.has('other', 'app');
    workbench.engine.refresh();
    expect(workbench.engine.snapshot.projects.map(({ name }) => name)).toEqual(['shop']);
    await expect.poll(() => workbench.engine.snapshot.projects.map(({ name }) => name)).toEqual(['other']);
    expect(told.at(-1)).toEqual(['other', 'shop']);
  });

  it('is another one when the settings name another, and nothing of the first is shown', async () => {
    const { own, workbench } = await twoEngines();
    own.isReachable = false;
    await workspace.getConfiguration().update('composure.context', 'office');
    expect(workbench.engine.snapshot).toMatchObject({ connection: 'connecting', projects: [] });
    await expect.poll(() => workbench.engine.snapshot.connection).toBe('disconnected');
    expect(workbench.engine.current).toBeUndefined();
  });

  it('is logged once when it is there, and once when it is gone', async () => {
    const { own, workbench } = await twoEngines();
    own.breaks();
    await expect.poll(() => workbench.engine.snapshot.connection).toBe('disconnected');
    workbench.engine.retry();
    const lines = () => workbench.written.filter((line) => /unix:\/\/\/own|went away/.test(line));
    await expect.poll(lines).toHaveLength(2);
  });

  it('says each change of it to the views, with the keys of the stacks that changed', async () => {
    const { own, workbench } = await twoEngines();
    const told: (readonly string[] | undefined)[] = [];
    workbench.stacks.onDidChange((keys) => told.push(keys));
    await own.port.stopContainer('id-of-shop-web-1', {}, soon());
    await expect.poll(() => told).toContainEqual(['engine:shop']);
    happenings.configuration.fire({ affectsConfiguration: (section) => section === 'composure.tree.scope' });
    expect(told.at(-1)).toBeUndefined();
  });
});

describe('how an engine is reached', () => {
  it('is by the name of a context or by an address, as the settings or its name say', async () => {
    await openWorkbench({ settings: { 'composure.context': 'office', 'composure.host': 'tcp://x:1' } });
    expect(connectOptions()).toMatchObject({ context: 'office', useCredentials: true });
    expect(connectOptions('lab')).toMatchObject({ context: 'lab' });
    expect(connectOptions('ssh://me@server')).toMatchObject({ host: 'ssh://me@server' });
    state.settings.delete('composure.context');
    expect(connectOptions()).toMatchObject({ host: 'tcp://x:1' });
    state.settings.delete('composure.host');
    expect(connectOptions()).not.toHaveProperty('host');
    expect(['unix:///x', 'npipe:////./pipe/x', 'office', 'a:b'].map(isAddress)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('is without credentials where the folder is not trusted: looking them up can start a program', async () => {
    await openWorkbench();
    state.isTrusted = false;
    expect(connectOptions().useCredentials).toBe(false);
  });
});
