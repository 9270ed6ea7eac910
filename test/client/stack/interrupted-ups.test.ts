import { describe, expect, it, onTestFinished } from 'vitest';
import type { Memento } from 'vscode';
import { InterruptedUps } from '../../../client/src/stack/interrupted-ups.ts';
import { upCommand } from '../../../client/src/stack/up-commands.ts';
import { projectStateText } from '../../../client/src/tree/row-text.ts';
import { MemoryEngine } from '../support/memory-engine.ts';
import { person } from '../support/person.ts';
import { openWorkbench, stackNamed } from '../support/workbench.ts';
import { english } from '../translate.ts';

const files = { 'compose.yaml': 'name: shop\nservices:\n  api: {image: busybox}\n  web: {image: busybox}\n' };
const settings = { 'composure.previewUp': 'never' };

function memento(): Memento & { readonly kept: Map<string, unknown> } {
  const kept = new Map<string, unknown>();
  return {
    kept,
    keys: () => [...kept.keys()],
    get: (key: string, fallback?: unknown) => kept.get(key) ?? fallback,
    update: async (key: string, value: unknown) => void kept.set(key, value),
  } as never;
}

async function opened(state = memento()) {
  const engine = new MemoryEngine();
  engine.hasImage('busybox');
  const workbench = await openWorkbench({ files, engines: { '': engine }, settings });
  const ups = new InterruptedUps(state, workbench.operations, workbench.stacks);
  onTestFinished(() => ups.dispose());
  const row = () => ({ kind: 'project', id: 'p', stack: stackNamed(workbench, 'shop').key });
  const says = () => projectStateText(stackNamed(workbench, 'shop'), english);
  return { engine, workbench, row, says, state };
}

const said = 'shop: Up was interrupted. Not started: api, web.';

describe('an Up that comes to no end', () => {
  it('because the engine went away is said once it is back, until it was gone on with', async () => {
    const { engine, workbench, row, says, state } = await opened();
    let release = () => {};
    engine.held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const up = upCommand(workbench, [row()]);
    await expect.poll(says).toBe('starting');
    await expect.poll(() => state.kept.get('composure.unfinishedUps')).toHaveLength(1);
    engine.breaks();
    release();
    engine.held = undefined;
    await up;
    engine.isReachable = true;
    workbench.engines.chosen.retry();
    await expect.poll(says).toBe('not created · Up interrupted, not started: api, web');
    await expect.poll(() => person.saw('warning')).toEqual([said]);
    await upCommand(workbench, [row()]);
    await expect.poll(says).toBe('2/2 running');
    expect(state.kept.get('composure.unfinishedUps')).toEqual([]);
  });

  it('because the window closed is said in the next, with how to go on', async () => {
    const state = memento();
    state.kept.set('composure.unfinishedUps', [{ project: 'shop', services: [] }]);
    person.forget();
    const { workbench, says } = await opened(state);
    person.answers('Resume Up');
    await workbench.files.refresh();
    await expect.poll(says).toBe('not created · Up interrupted, not started: api, web');
    await expect.poll(() => person.commands.map(({ id }) => id)).toEqual(['composure.up']);
  });

  it('is forgotten when something else is asked for', async () => {
    const { workbench, says } = await opened();
    workbench.operations.interrupt({ project: 'shop' }, []);
    expect(says()).toContain('Up interrupted');
    workbench.operations.begin({ project: 'shop', stops: true, doing: 'removing' }).end();
    expect(says()).toBe('not created');
  });
});
