import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { chooseContextCommand } from '../../../client/src/engines/context-command.ts';
import {
  addEngineCommand,
  removeEngineCommand,
  retryCommand,
  upOnCommand,
} from '../../../client/src/engines/engine-commands.ts';
import { MemoryEngine } from '../support/memory-engine.ts';
import { person } from '../support/person.ts';
import { state } from '../support/vscode.ts';
import { openWorkbench, stackNamed } from '../support/workbench.ts';

const contexts = { office: 'ssh://me@office', lab: 'tcp://lab:2376' };
let home = '';

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'composure-contexts-'));
  for (const [Name, Host] of Object.entries(contexts)) {
    const folder = join(home, 'contexts', 'meta', createHash('sha256').update(Name).digest('hex'));
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'meta.json'), JSON.stringify({ Name, Endpoints: { docker: { Host } } }));
  }
  vi.stubEnv('DOCKER_CONFIG', home);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(home, { recursive: true });
});

const shown = () => state.settings.get('composure.engines');

describe('Add Engine', () => {
  it('offers the Docker contexts that are not shown yet', async () => {
    await openWorkbench({ settings: { 'composure.engines': ['lab'] } });
    person.answers('office');
    await addEngineCommand();
    expect(person.last?.choices).toEqual(['office', '$(add) Address…']);
    expect(shown()).toEqual(['lab', 'office']);
  });

  it('takes an address, without the space around it', async () => {
    await openWorkbench();
    person.answers('$(add) Address…', ' ssh://me@server ');
    await addEngineCommand();
    expect(shown()).toEqual(['ssh://me@server']);
  });

  it('does not take what is no address, and says what one begins with', async () => {
    await openWorkbench();
    person.answers('$(add) Address…', 'my-server');
    await addEngineCommand();
    expect(person.last?.text).toBe('The address must start with ssh://, tcp://, unix://, or npipe://');
    expect(shown()).toBeUndefined();
  });

  it('adds none twice, and none when nobody answers', async () => {
    await openWorkbench({ settings: { 'composure.engines': ['ssh://me@server'] } });
    person.answers('$(add) Address…', 'ssh://me@server');
    await addEngineCommand();
    await addEngineCommand();
    expect(shown()).toEqual(['ssh://me@server']);
  });
});

describe('Remove Engine', () => {
  it('shows the chosen rows no longer, and forgets the setting with the last', async () => {
    await openWorkbench({ settings: { 'composure.engines': ['lab', 'office'] } });
    await removeEngineCommand([{ kind: 'host', id: 'l', engine: 'lab' }]);
    expect(shown()).toEqual(['office']);
    await removeEngineCommand([undefined, [{ kind: 'host', id: 'o', engine: 'office' }]]);
    expect(shown()).toBeUndefined();
  });
});

describe('Retry', () => {
  it('connects to the engine of the row at once, else to the chosen one', async () => {
    const [own, lab] = [new MemoryEngine(), new MemoryEngine()];
    own.isReachable = false;
    const workbench = await openWorkbench({
      engines: { '': own, lab },
      settings: { 'composure.engines': ['lab'] },
    });
    await retryCommand(workbench, [{ kind: 'host', id: 'l', engine: 'lab' }]);
    await expect.poll(() => workbench.engines.of({ engine: 'lab' }).snapshot.connection).toBe('connected');
    expect(workbench.engine.current).toBeUndefined();
    own.isReachable = true;
    await retryCommand(workbench, []);
    await expect.poll(() => workbench.engine.snapshot.connection).toBe('connected');
  });
});

describe('Up on another engine', () => {
  const files = { 'compose.yaml': 'name: shop\nservices:\n  web: {image: busybox}\n' };
  const settings = { 'composure.engines': ['lab'], 'composure.previewUp': 'never' };

  it('asks which, and works there', async () => {
    const [own, lab] = [new MemoryEngine(), new MemoryEngine()];
    const workbench = await openWorkbench({ files, engines: { '': own, lab }, settings });
    const ended: unknown[] = [];
    workbench.operations.onEnd(({ engine, project }) => ended.push({ engine, project }));
    person.answers('lab');
    await upOnCommand(workbench, [{ kind: 'project', id: 'p', stack: stackNamed(workbench, 'shop').key }]);
    expect(ended).toEqual([{ engine: 'lab', project: 'shop' }]);
  });

  it('does nothing when nobody says which', async () => {
    const workbench = await openWorkbench({
      files,
      engines: { '': new MemoryEngine(), lab: new MemoryEngine() },
      settings,
    });
    await upOnCommand(workbench, [{ kind: 'project', id: 'p', stack: stackNamed(workbench, 'shop').key }]);
    expect(person.saw('error')).toEqual([]);
    expect(workbench.written.some((line) => line.startsWith('Up'))).toBe(false);
  });

  it('adds an engine first where there is only one', async () => {
    const workbench = await openWorkbench({ files });
    person.answers('office');
    await upOnCommand(workbench, [{ kind: 'project', id: 'p', stack: stackNamed(workbench, 'shop').key }]);
    expect(shown()).toEqual(['office']);
  });
});

describe('Choose Context', () => {
  it('sets the one picked for the workspace, and says which it is', async () => {
    const workbench = await openWorkbench({ settings: { 'composure.context': 'lab' } });
    person.answers('office');
    await chooseContextCommand(workbench);
    expect(person.last?.choices).toEqual(['Same as the docker command', 'default', 'lab', 'office']);
    expect(person.last?.options).toContainEqual(
      expect.objectContaining({ label: 'lab', description: 'current' }),
    );
    expect(state.settings.get('composure.context')).toBe('office');
  });

  it('does as the docker command does without one', async () => {
    const workbench = await openWorkbench({ settings: { 'composure.context': 'lab' } });
    person.answers('Same as the docker command');
    await chooseContextCommand(workbench);
    expect(state.settings.has('composure.context')).toBe(false);
  });

  it('says why there is no engine', async () => {
    const engine = new MemoryEngine();
    engine.isReachable = false;
    const workbench = await openWorkbench({ engines: { '': engine } });
    await workbench.engine.engine(AbortSignal.timeout(5000)).catch(() => {});
    await chooseContextCommand(workbench);
    expect(state.settings.has('composure.context')).toBe(false);
    expect(person.saw('pick')).toEqual(['Docker context for this workspace']);
  });
});
