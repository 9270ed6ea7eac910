import { describe, expect, it } from 'vitest';
import { label } from '#engine/project/labels.ts';
import { offerCapability } from '../../../client/src/debug/add-capability.ts';
import { putBack } from '../../../client/src/debug/override.ts';
import { provideDebug } from '../../../client/src/debug/provide-debug.ts';
import { restartUnderDebugger } from '../../../client/src/debug/restart-under-debugger.ts';
import type { ServiceConfiguration } from '../../../client/src/debug/service-configuration.ts';
import { upCommand } from '../../../client/src/stack/up-commands.ts';
import { MemoryEngine } from '../support/memory-engine.ts';
import { person } from '../support/person.ts';
import { state } from '../support/vscode.ts';
import { openWorkbench, stackNamed } from '../support/workbench.ts';

const compose = 'name: shop\nservices:\n  web: {image: node, command: [node, a.js]}\n  db: {image: node}\n';
const web: ServiceConfiguration = {
  type: 'composure',
  request: 'launch',
  name: 'web',
  project: 'shop',
  service: 'web',
};

/** A project that is up, and what tells whether a service runs as its files say. */
async function shop() {
  const engine = new MemoryEngine();
  engine.hasImage('node');
  const workbench = await openWorkbench({
    files: { 'compose.yaml': compose },
    engines: { '': engine },
    settings: { 'composure.previewUp': 'never' },
  });
  const stack = stackNamed(workbench, 'shop');
  const up = () => upCommand(workbench, [{ kind: 'project', id: 'p', stack: stack.key }]);
  await up();
  const containerOf = (service: string) =>
    [...engine.containers.values()].find(({ labels }) => labels[label.service] === service);
  const hash = (service = 'web') => containerOf(service)?.labels[label.configHash];
  return { engine, workbench, stack, up, hash, files: hash(), db: containerOf('db')?.id, containerOf };
}

describe('a service that is restarted under the debugger', () => {
  it('is another than its files say, and alone; when the session ends it goes back', async () => {
    const { workbench, stack, hash, files, db, containerOf } = await shop();
    expect(await restartUnderDebugger(workbench, web)).toBe(true);
    expect(hash()).not.toBe(files);
    expect(containerOf('db')?.id).toBe(db);
    // Whoever attaches next finds the container that there is now.
    const [shown] =
      stackNamed(workbench, 'shop').services.find(({ name }) => name === 'web')?.containers ?? [];
    expect(shown).toMatchObject({ id: containerOf('web')?.id, state: 'running' });
    await putBack(workbench, stack, 'web');
    expect(hash()).toBe(files);
    expect(containerOf('db')?.id).toBe(db);
  });

  it('goes back with the next Up when the window was killed', async () => {
    const { workbench, up, hash, files } = await shop();
    await restartUnderDebugger(workbench, web);
    expect(hash()).not.toBe(files);
    await up();
    expect(hash()).toBe(files);
  });

  it('goes back with the next Up when the engine was lost at the end of the session', async () => {
    const { engine, workbench, stack, up, hash, files } = await shop();
    await restartUnderDebugger(workbench, web);
    engine.isReachable = false;
    await putBack(workbench, stack, 'web');
    expect(hash()).not.toBe(files);
    expect(person.saw('error').join()).not.toBe('');
    engine.isReachable = true;
    await up();
    expect(hash()).toBe(files);
  });

  it('is refused where there are no files, or a program cannot wait', async () => {
    const { workbench } = await shop();
    expect(await restartUnderDebugger(workbench, { ...web, service: 'none' })).toBe(false);
    expect(person.last?.text).toContain('No project in this workspace has a service none.');
    expect(await restartUnderDebugger(workbench, { ...web, runtime: 'dotnet' })).toBe(false);
    expect(person.last?.text).toContain('A program of .NET cannot be restarted under its debugger.');
  });
});

describe('a capability that is missing', () => {
  const said = 'The debugger may not enter.';
  const attach = { ...web, request: 'attach' } as const;

  it('is added in memory, for a session that takes it away again', async () => {
    const { workbench, stack, hash, files } = await shop();
    person.answers('Add SYS_PTRACE');
    await offerCapability(workbench, attach, stack, 'SYS_PTRACE', said);
    expect(hash()).not.toBe(files);
    expect(state.debugged).toEqual([{ ...attach, overridden: true }]);
  });

  it('is not needed under the debugger', async () => {
    const { workbench, stack, hash, files } = await shop();
    person.answers('Restart Under the Debugger');
    await offerCapability(workbench, attach, stack, 'SYS_PTRACE', said);
    expect(hash()).toBe(files);
    expect(state.debugged).toEqual([web]);
  });

  it('cannot be added to what has no files here', async () => {
    const { workbench, stack } = await shop();
    const { declared: _, ...foreign } = stack;
    await offerCapability(workbench, attach, { ...foreign, declared: undefined }, 'SYS_PTRACE', said);
    expect(person.last?.choices).toEqual([]);
  });
});

describe('without a launch.json', () => {
  it('each container that can be debugged has a configuration, by its number where there are several', async () => {
    const engine = new MemoryEngine();
    for (const number of ['1', '2'])
      engine.has('shop', 'web', {
        name: `shop-web-${number}`,
        image: 'node:22',
        labels: { [label.containerNumber]: number },
      });
    engine.has('shop', 'api', { image: 'python:3' });
    engine.has('shop', 'db', { image: 'postgres' });
    const workbench = await openWorkbench({ engines: { '': engine } });
    const found = await provideDebug(workbench);
    expect(found.map(({ name, replica }) => [name, replica])).toEqual([
      ['shop › api', undefined],
      ['shop › web-1', 1],
      ['shop › web-2', 2],
    ]);
    expect(found[0]).toMatchObject({ type: 'composure', request: 'attach', project: 'shop', service: 'api' });
  });
});
