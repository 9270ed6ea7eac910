import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { EnginePort } from '#engine/api/engine-port.ts';
import { attachAgain } from '../../../client/src/debug/attach-again.ts';
import { copyLaunchJsonCommand } from '../../../client/src/debug/attach-command.ts';
import { DebugSessions } from '../../../client/src/debug/debug-sessions.ts';
import { resolveDebug } from '../../../client/src/debug/resolve-debug.ts';
import { engineOf } from '../../engine/debug/container.ts';
import { MemoryEngine } from '../support/memory-engine.ts';
import { person } from '../support/person.ts';
import { state } from '../support/vscode.ts';
import { openWorkbench, stackNamed } from '../support/workbench.ts';

/** Its containers run a program of Node, which commands in them see. */
class NodeEngine extends MemoryEngine {
  override get port(): EnginePort {
    const inside = engineOf({
      runs: ['node server.js'],
      programs: ['sh', 'nc'],
      answers: [
        [/SIGUSR1/, { stdout: '{"port":9229}' }],
        [/readlinkSync/, { stdout: '{"pid":1,"parent":0,"args":["node","server.js"],"cwd":"/srv/web"}' }],
      ],
    });
    const { topContainer, createExec, startExec, inspectExec } = inside;
    const commands = { topContainer, createExec, startExec, inspectExec };
    return new Proxy(super.port, {
      get: (calls, name) => (name in commands ? commands[name as 'createExec'] : calls[name as 'createExec']),
    });
  }
}

const compose = `name: shop
services:
  web:
    image: node:22
    volumes: ["./web:/srv/web"]
`;

async function shop() {
  const engine = new NodeEngine();
  const first = engine.has('shop', 'web', { image: 'node:22' });
  const workbench = await openWorkbench({
    files: { 'compose.yaml': compose, 'web/server.js': '' },
    engines: { '': engine },
  });
  const sessions = workbench.once.of(DebugSessions, workbench);
  onTestFinished(() => sessions.dispose());
  return { engine, first, workbench, sessions, stack: stackNamed(workbench, 'shop') };
}

const web = { type: 'composure', request: 'attach', name: 'web', service: 'web' } as const;

it('a service is attached to through a port of this machine, with its own paths and what the person wrote', async () => {
  const { first, workbench, sessions } = await shop();
  const found = await resolveDebug(workbench, { ...web, skipFiles: ['x'] }, undefined);
  expect(found).toMatchObject({
    type: 'node',
    request: 'attach',
    address: '127.0.0.1',
    localRoot: join(state.folders?.[0]?.uri.fsPath ?? '', 'web'),
    remoteRoot: '/srv/web',
    skipFiles: ['x'],
  });
  expect(found?.port).toBeGreaterThan(0);
  expect(found?.port).not.toBe(9229);
  expect([...sessions.containers]).toEqual([first.id]);
});

it('what a session would use is copied for launch.json, with the folder as a variable, and is taken from there', async () => {
  const { workbench, stack } = await shop();
  await copyLaunchJsonCommand(workbench, [{ kind: 'service', id: 's', stack: stack.key, service: 'web' }]);
  const copied = JSON.parse(person.clipboard);
  expect(copied).toEqual({
    type: 'composure',
    request: 'attach',
    name: 'shop › web',
    project: 'shop',
    service: 'web',
    runtime: 'node',
    pathMappings: [{ localRoot: '${workspaceFolder}/web', remoteRoot: '/srv/web' }],
  });
  expect(await resolveDebug(workbench, copied, undefined)).toMatchObject({
    type: 'node',
    remoteRoot: '/srv/web',
  });
});

it('a program that was started again is attached to again, also in a new container; not where none comes', async () => {
  const { engine, first, workbench, stack } = await shop();
  expect(await attachAgain(workbench, web, stack, first)).toBe(true);
  expect(state.debugged).toEqual([{ ...web, replica: 1 }]);
  engine.goes(first.id);
  const { id } = engine.has('shop', 'web', { image: 'node:22', name: 'shop-web-1b' });
  engine.happens('start', id);
  expect(await attachAgain(workbench, web, stack, first)).toBe(true);
  expect(state.debugged).toHaveLength(2);
  // A program that ends at once is not followed for ever.
  for (let at = 0; at < 3; at++) expect(await attachAgain(workbench, web, stack, first)).toBe(true);
  expect(await attachAgain(workbench, web, stack, first)).toBe(false);
});

it('several services in one launch.json are sessions of their own', async () => {
  const engine = new NodeEngine();
  for (const service of ['web', 'api']) engine.has('shop', service, { image: 'node:22' });
  const workbench = await openWorkbench({ engines: { '': engine } });
  const sessions = workbench.once.of(DebugSessions, workbench);
  onTestFinished(() => sessions.dispose());
  const found = await Promise.all(
    ['web', 'api'].map((service) => resolveDebug(workbench, { ...web, project: 'shop', service }, undefined)),
  );
  expect(new Set(found.map((each) => each?.port)).size).toBe(2);
  expect(sessions.containers.size).toBe(2);
});
