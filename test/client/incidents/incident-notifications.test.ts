import { describe, expect, it } from 'vitest';
import { IncidentDiagnostics } from '../../../client/src/incidents/incident-diagnostics.ts';
import { IncidentNotifications } from '../../../client/src/incidents/incident-notifications.ts';
import { IncidentWatch } from '../../../client/src/incidents/incident-watch.ts';
import { operate } from '../../../client/src/stack/operation.ts';
import { EngineError } from '../../../engine/api/engine-error.ts';
import { MemoryEngine } from '../support/memory-engine.ts';
import { person } from '../support/person.ts';
import { state } from '../support/vscode.ts';
import { openWorkbench } from '../support/workbench.ts';

const files = {
  'compose.yaml': 'name: shop\nservices:\n  web:\n    image: busybox\n    ports: ["8080:80"]\n',
};
const settings = { 'composure.engines': ['lab'], 'composure.notifications': 'all' };

async function watched() {
  const [own, lab] = [new MemoryEngine(), new MemoryEngine()];
  const web = own.has('shop', 'web');
  const theirs = lab.has('shop', 'web');
  const workbench = await openWorkbench({ files, engines: { '': own, lab }, settings });
  await workbench.engines.of({ engine: 'lab' }).engine(AbortSignal.timeout(5000));
  const watch = new IncidentWatch(workbench.stacks, workbench.engines);
  new IncidentNotifications(watch, workbench.stacks, workbench.operations);
  new IncidentDiagnostics(watch, workbench.stacks, workbench.operations);
  await workbench.files.refresh();
  const crash = async (engine: MemoryEngine, id: string) => {
    await engine.port.killContainer(id, {}, AbortSignal.timeout(1000));
  };
  return { own, lab, web, theirs, workbench, watch, crash };
}

describe('a crash', () => {
  it('is told while a project of the same name is taken down on another engine', async () => {
    const { lab, theirs, workbench, crash } = await watched();
    workbench.operations.begin({ project: 'shop', stops: true });
    lab.exitCode = 1;
    await crash(lab, theirs.id);
    await expect.poll(() => person.saw('warning')).toEqual([expect.stringMatching(/^lab › shop › /)]);
  });

  it('is none where the operation on it stops it', async () => {
    const { own, lab, web, theirs, workbench, crash } = await watched();
    workbench.operations.begin({ project: 'shop', stops: true });
    own.exitCode = 1;
    lab.exitCode = 1;
    await crash(own, web.id);
    await crash(lab, theirs.id);
    await expect.poll(() => person.saw('warning')).toHaveLength(1);
    expect(person.saw('warning')[0]).toMatch(/^lab › /);
  });

  it('during an operation is told when that has ended without saying so itself', async () => {
    const { own, web, workbench, crash, watch } = await watched();
    const operation = workbench.operations.begin({ project: 'shop', stops: false });
    own.exitCode = 1;
    await crash(own, web.id);
    await expect.poll(() => watch.reports).toHaveLength(1);
    expect(person.saw('warning')).toEqual([]);
    person.answers('Restart');
    operation.end();
    await expect.poll(() => person.commands.map(({ id }) => id)).toEqual(['composure.restart']);
  });

  it('over which an operation failed is not told a second time', async () => {
    const { own, web, workbench, crash, watch } = await watched();
    const operation = workbench.operations.begin({ project: 'shop', stops: false });
    own.exitCode = 1;
    await crash(own, web.id);
    await expect.poll(() => watch.reports).toHaveLength(1);
    operation.end({ error: new EngineError('dependency-failed', 'web ended') });
    await workbench.operations.settled({ project: 'shop' });
    await new Promise((resolve) => setImmediate(resolve));
    expect(person.saw('warning')).toEqual([]);
  });
});

describe('an operation that failed for a port', () => {
  const taken = new EngineError('port-in-use', 'Port 8080 is in use.', { subject: '8080/tcp' });

  it('is said at the line of the port, with the container that has it on that engine', async () => {
    const { lab, workbench } = await watched();
    lab.has('other', 'proxy', {
      ports: [{ hostIp: '0.0.0.0', hostPort: 8080, containerPort: 80, protocol: 'tcp' }],
    });
    const uri = `file://${workbench.path('compose.yaml')}`;
    const run = async () => Promise.reject(taken);
    await operate(workbench, { title: 'Up', project: 'shop', engine: 'lab', again: () => {}, run });
    await expect
      .poll(() => state.diagnostics.get(uri)?.map(({ message }) => message))
      .toEqual([
        expect.stringMatching(/^Port 8080 is in use by the container other-proxy-1 of the project "other"/),
      ]);
    workbench.operations.begin({ project: 'shop', engine: 'lab', stops: false }).end();
    await expect.poll(() => state.diagnostics.get(uri)).toBeUndefined();
  });
});
