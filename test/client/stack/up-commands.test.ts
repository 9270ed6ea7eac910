import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { answerPlan } from '../../../client/src/plan/plan-editor.ts';
import {
  buildCommand,
  pullCommand,
  pushCommand,
  upAbortCommand,
  upAttachedCommand,
  watchCommand,
} from '../../../client/src/stack/image-commands.ts';
import { pullNewerCommand } from '../../../client/src/stack/pull-newer-command.ts';
import { removeOrphansCommand } from '../../../client/src/stack/remove-orphans-command.ts';
import { scaleCommand } from '../../../client/src/stack/scale-command.ts';
import { previewUpCommand, upCommand } from '../../../client/src/stack/up-commands.ts';
import { MemoryEngine } from '../support/memory-engine.ts';
import { person } from '../support/person.ts';
import { happenings, state, TabInputText, Uri } from '../support/vscode.ts';
import { openWorkbench, stackNamed } from '../support/workbench.ts';

const text = 'name: shop\nservices:\n  web: {image: busybox}\n  job: {image: busybox, profiles: [tools]}\n';

function withImage(): MemoryEngine {
  const engine = new MemoryEngine();
  engine.hasImage('busybox');
  return engine;
}

async function shop({
  engine = new MemoryEngine(),
  settings = {},
  compose = text,
}: {
  readonly engine?: MemoryEngine;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly compose?: string;
} = {}) {
  const workbench = await openWorkbench({
    files: { 'compose.yaml': compose },
    engines: { '': engine },
    settings,
  });
  const stack = stackNamed(workbench, 'shop').key;
  return {
    engine,
    workbench,
    file: workbench.path('compose.yaml'),
    project: { kind: 'project', id: 'p', stack },
    web: { kind: 'service', id: 'w', stack, service: 'web' },
    job: { kind: 'service', id: 'j', stack, service: 'job' },
  };
}

function edited(path: string, save: () => Promise<boolean>): void {
  const languageId = 'dockercompose';
  state.documents = [{ uri: Uri.file(path), languageId, isDirty: true, save, getText: () => text }];
}

describe('Up', () => {
  it('says that what has no file here can only be started', async () => {
    const engine = new MemoryEngine();
    engine.has('other', 'app');
    const workbench = await openWorkbench({ engines: { '': engine } });
    await upCommand(workbench, [{ kind: 'project', id: 'p', stack: stackNamed(workbench, 'other').key }]);
    expect(person.saw('information')).toEqual([
      'other has no Compose file in this workspace. It can be started, but not brought up.',
    ]);
    expect(engine.calls).toEqual([]);
  });

  it('does not begin with errors in the files: says the first, leads to it, and has the rest in the Problems view', async () => {
    const { engine, workbench, file, project } = await shop();
    await writeFile(file, 'name: shop\nservices:\n  web: {image: busybox, ports: x}\n  db: {image: 3.5}\n');
    person.answers('Go to Error');
    await upCommand(workbench, [project]);
    expect(person.saw('error')[0]).toMatch(/^Not started: .*ports.* \(and 1 more\)$/);
    await expect.poll(() => person.saw('document')).toEqual([`file://${file}`]);
    expect(state.diagnostics.get(`file://${file}`)).toHaveLength(2);
    expect(engine.calls).toEqual([]);
  });

  it('fails with what the engine says', async () => {
    const engine = new MemoryEngine();
    const { workbench, project } = await shop({ engine, settings: { 'composure.previewUp': 'never' } });
    await upCommand(workbench, [project]);
    expect(person.saw('error')).toEqual(['Up: shop: There is no image busybox.']);
    expect(person.last?.choices).toEqual(['Retry', 'Open File', 'Show Output']);
    expect(person.saw('status')).toEqual([]);
  });

  it('makes what the files say, starts it, and says when it is up', async () => {
    const { engine, workbench, project } = await shop({ engine: withImage() });
    await upCommand(workbench, [project]);
    expect(engine.calls).toEqual(['create network shop_default', 'create shop-web-1', 'start shop-web-1']);
    expect(person.saw('status')).toEqual(['$(check) shop is up']);
  });

  it('does not say that it is up when something of it has ended since', async () => {
    const engine = withImage();
    engine.endsOnStart = true;
    engine.exitCode = 3;
    const { workbench, project } = await shop({ engine });
    await upCommand(workbench, [project]);
    expect(person.saw('status')).toEqual(['$(warning) shop is not fully up: shop-web-1']);
  });

  it('says that it is up when what was to end has ended well', async () => {
    const engine = withImage();
    engine.endsOnStart = true;
    const { workbench, project } = await shop({ engine });
    await upCommand(workbench, [project]);
    expect(person.saw('status')).toEqual(['$(check) shop is up']);
  });

  it('names what the files no longer have, and removes that when it is wanted', async () => {
    const engine = withImage();
    engine.has('shop', 'old');
    const { workbench, project } = await shop({ engine });
    person.answers('Remove Orphans');
    await upCommand(workbench, [project]);
    expect(person.saw('warning')).toEqual([]);
    expect(person.saw('information')).toEqual(['shop: Orphan containers remain: shop-old-1.']);
    await expect.poll(() => engine.calls).toContain('remove shop-old-1');
    expect([...engine.containers.values()].map(({ name }) => name)).toEqual(['shop-web-1']);
  });

  it('takes in a service whose profile is off when it is named', async () => {
    const { engine, workbench, job } = await shop({ engine: withImage() });
    await upCommand(workbench, [job]);
    expect(engine.calls).toContain('start shop-job-1');
    expect(person.saw('status')).toEqual(['$(check) shop › job is up']);
  });

  it('shows the plan first when asked to, and does nothing when it is closed', async () => {
    const { engine, workbench, project } = await shop({ engine: withImage() });
    const done = previewUpCommand(workbench, [project]);
    await expect
      .poll(() => person.saw('document'))
      .toEqual(['composure-plan:///Up: shop'.replaceAll(' ', '%20')]);
    const uri = Uri.parse('composure-plan:///Up: shop');
    expect(await state.providers.get('composure-plan')?.provideTextDocumentContent(uri)).toContain(
      'shop-web-1',
    );
    happenings.tabs.fire({ opened: [], closed: [{ input: new TabInputText(uri) }] });
    await done;
    expect(engine.calls).toEqual([]);
    expect(person.saw('status')).toEqual([]);
  });

  it('goes on once the plan was applied', async () => {
    const { engine, workbench, project } = await shop({ engine: withImage() });
    const done = previewUpCommand(workbench, [project]);
    await expect.poll(() => person.saw('document')).toHaveLength(1);
    const uri = Uri.parse('composure-plan:///Up: shop');
    const document = { uri, languageId: 'diff', isDirty: false, save: async () => true, getText: () => '' };
    state.activeEditor = { document };
    answerPlan(workbench, 'apply');
    await done;
    expect(engine.calls).toContain('start shop-web-1');
  });
});

describe('Pull Newer Images and Plan', () => {
  it('pulls what is not built here, whatever the engine has, and shows the plan', async () => {
    const engine = withImage();
    engine.registry.set('busybox', 'sha256:newer');
    const compose = 'name: shop\nservices:\n  web: {image: busybox}\n  own: {build: ., image: own}\n';
    const { workbench, project } = await shop({ engine, compose });
    const done = pullNewerCommand(workbench, [project]);
    await expect.poll(() => person.saw('document')).toHaveLength(1);
    expect(engine.calls).toEqual(['pull busybox']);
    const uri = Uri.parse('composure-plan:///Up: shop');
    happenings.tabs.fire({ opened: [], closed: [{ input: new TabInputText(uri) }] });
    await done;
    expect(engine.calls).toEqual(['pull busybox']);
  });

  it('ends where an image cannot be pulled', async () => {
    const { engine, workbench, project } = await shop({ engine: withImage() });
    await pullNewerCommand(workbench, [project]);
    expect(person.saw('document')).toEqual([]);
    expect(person.saw('error')).toHaveLength(1);
    expect(engine.calls).toEqual([]);
  });
});

describe('the plan of an Up', () => {
  it('names orphans that stay; they are part of it when that is wanted', async () => {
    const engine = withImage();
    engine.has('shop', 'old');
    const { workbench, project } = await shop({ engine });
    const done = previewUpCommand(workbench, [project]);
    await expect.poll(() => person.saw('document')).toHaveLength(1);
    const uri = Uri.parse('composure-plan:///Up: shop');
    const text = async () => state.providers.get('composure-plan')?.provideTextDocumentContent(uri);
    expect(await text()).toContain('! Orphan containers are kept: shop-old-1.');
    const document = { uri, languageId: 'diff', isDirty: false, save: async () => true, getText: () => '' };
    state.activeEditor = { document };
    answerPlan(workbench, 'remove-orphans');
    await expect.poll(() => person.saw('document')).toHaveLength(2);
    expect(await text()).toContain('! remove container shop-old-1 (its service is not in the files)');
    answerPlan(workbench, 'apply');
    await done;
    expect(engine.calls).toContain('remove shop-old-1');
    expect(person.saw('information')).toEqual([]);
  });
});

describe('a plan that waits for its answer', () => {
  it('is in the status bar, which answers it from any editor', async () => {
    const { engine, workbench, project } = await shop({ engine: withImage() });
    const bar = () => [...state.bar].map(({ text: shown }) => shown);
    const done = previewUpCommand(workbench, [project]);
    await expect.poll(() => person.saw('document')).toHaveLength(1);
    expect(bar()).toEqual(['$(check) Apply Plan', '$(close) Cancel Plan']);
    state.activeEditor = undefined;
    answerPlan(workbench, 'apply');
    await done;
    expect(bar()).toEqual([]);
    expect(engine.calls).toContain('start shop-web-1');
  });
});

describe('Remove Orphans', () => {
  it('on a row removes what that service left', async () => {
    const engine = new MemoryEngine();
    for (const service of ['web', 'old', 'older']) engine.has('shop', service);
    const { workbench, project } = await shop({ engine });
    await removeOrphansCommand(workbench, [{ ...project, kind: 'service', service: 'old' }]);
    expect(engine.calls).toEqual(['stop shop-old-1', 'remove shop-old-1']);
  });

  it('on a project removes all, and says when there are none', async () => {
    const engine = new MemoryEngine();
    for (const service of ['web', 'job', 'old', 'older']) engine.has('shop', service);
    const { workbench, project } = await shop({ engine });
    await removeOrphansCommand(workbench, [project]);
    expect([...engine.containers.values()].map(({ name }) => name)).toEqual(['shop-web-1', 'shop-job-1']);
    await removeOrphansCommand(workbench, [project]);
    expect(person.saw('information')).toEqual(['shop has no orphan containers.']);
  });

  it('needs files to know what they do not have', async () => {
    const engine = new MemoryEngine();
    engine.has('other', 'app');
    const workbench = await openWorkbench({ engines: { '': engine } });
    const { key } = stackNamed(workbench, 'other');
    await removeOrphansCommand(workbench, [{ kind: 'project', id: 'p', stack: key }]);
    expect(person.saw('information')).toEqual([
      'The files of other cannot be read, so its orphan containers cannot be determined.',
    ]);
    expect(engine.calls).toEqual([]);
  });
});

describe('files that are not saved', () => {
  it('are saved first', async () => {
    const { workbench, file, project } = await shop({ settings: { 'composure.previewUp': 'never' } });
    let saved = 0;
    edited(file, async () => {
      saved++;
      return true;
    });
    await upCommand(workbench, [project]);
    expect(saved).toBe(1);
  });

  it('are asked about where the user wants that, and nothing is run when nobody answers', async () => {
    const settings = { 'composure.previewUp': 'never', 'composure.saveBeforeUp': 'ask' };
    const { workbench, file, project } = await shop({ settings });
    let saved = 0;
    edited(file, async () => {
      saved++;
      return true;
    });
    await upCommand(workbench, [project]);
    expect(person.saw('warning')).toEqual(['compose.yaml has unsaved changes.']);
    expect(person.saw('error')).toEqual([]);
    person.answers('Run Saved Version');
    await upCommand(workbench, [project]);
    expect(saved).toBe(0);
    person.answers('Save');
    await upCommand(workbench, [project]);
    expect(saved).toBe(1);
  });

  it('stop it when they cannot be saved', async () => {
    const { workbench, file, project } = await shop({ settings: { 'composure.previewUp': 'never' } });
    edited(file, async () => false);
    await upCommand(workbench, [project]);
    expect(person.saw('error')).toEqual(['compose.yaml could not be saved.']);
  });

  it('stay as they are where the user wants that', async () => {
    const settings = { 'composure.previewUp': 'never', 'composure.saveBeforeUp': 'never' };
    const { workbench, file, project } = await shop({ settings });
    edited(file, async () => {
      throw new Error('saved');
    });
    await upCommand(workbench, [project]);
    expect(person.saw('warning')).toEqual([]);
  });
});

describe('Scale', () => {
  it('says how many there are, and takes only a number', async () => {
    const engine = new MemoryEngine();
    engine.has('shop', 'web');
    const { workbench, web } = await shop({ engine });
    person.answers('many');
    await scaleCommand(workbench, [web]);
    expect(person.saw('input')).toEqual(['Number of containers (currently 1)']);
    expect(person.last).toMatchObject({ kind: 'error', text: 'Enter a whole number, 0 or more.' });
  });

  it('warns of more containers than host ports, and goes on if that is wanted', async () => {
    const { workbench, web } = await shop({
      compose: 'name: shop\nservices: {web: {image: busybox, ports: ["8080:80"]}}',
    });
    person.answers('3');
    await scaleCommand(workbench, [web]);
    expect(person.saw('warning')).toEqual([
      'Only 1 of 3 containers can publish the host port 8080; the others cannot start.',
    ]);
  });

  it('removes what is too much', async () => {
    const engine = withImage();
    engine.has('shop', 'web');
    const { workbench, web } = await shop({ engine });
    person.answers('0');
    await scaleCommand(workbench, [web]);
    expect(engine.calls).toContain('remove shop-web-1');
    expect(engine.containers.size).toBe(0);
  });
});

describe('what writes much', () => {
  it.each([
    ['Pull', pullCommand],
    ['Build', buildCommand],
    ['Push', pushCommand],
    ['Up', upAttachedCommand],
    ['Up', upAbortCommand],
    ['Watch', watchCommand],
  ] as const)('%s runs in a terminal of its name', async (title, command) => {
    const { workbench, web } = await shop();
    await command(workbench, [web]);
    expect(person.saw('terminal')).toEqual([`${title}: shop › web`]);
  });

  it('says that it needs a file', async () => {
    const engine = new MemoryEngine();
    engine.has('other', 'app');
    const workbench = await openWorkbench({ engines: { '': engine } });
    await pullCommand(workbench, [{ kind: 'project', id: 'p', stack: stackNamed(workbench, 'other').key }]);
    expect(person.saw('information')).toEqual(['other has no Compose file in this workspace.']);
    expect(person.saw('terminal')).toEqual([]);
  });
});

describe('without an engine', () => {
  it('an Up says so and leads to another engine', async () => {
    const engine = new MemoryEngine();
    engine.isReachable = false;
    const { workbench, project } = await shop({ engine, settings: { 'composure.previewUp': 'never' } });
    person.answers('Choose Context…');
    await upCommand(workbench, [project]);
    expect(person.saw('error')).toEqual(['Up: shop: Nothing is responding at .']);
    await expect.poll(() => person.commands.map(({ id }) => id)).toEqual(['composure.chooseContext']);
  });

  it('nothing is run from a folder that is not trusted, and the way to trust is offered', async () => {
    const { workbench, project } = await shop({ settings: { 'composure.previewUp': 'never' } });
    state.isTrusted = false;
    person.answers('Manage Workspace Trust');
    await upCommand(workbench, [project]);
    expect(person.saw('error')).toEqual([
      'Up: shop: This folder is in Restricted Mode. Nothing can be run from it.',
    ]);
    await expect.poll(() => person.commands.map(({ id }) => id)).toEqual(['workbench.trust.manage']);
  });

  it('a bug is no failure of the engine: it is thrown', async () => {
    const engine = new MemoryEngine();
    engine.has('shop', 'web');
    const { workbench, project } = await shop({ engine, settings: { 'composure.previewUp': 'never' } });
    workbench.engine.engine = async () => {
      throw new TypeError('a bug');
    };
    await expect(upCommand(workbench, [project])).rejects.toThrow('a bug');
  });
});
