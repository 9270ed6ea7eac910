import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import {
  chooseLogsCommand,
  logsCommand,
  logsInTabCommand,
  logsInTerminalCommand,
} from '../../../client/src/logs/log-commands.ts';
import type { FromLogs, ToLogs } from '../../../client/webview/logs/protocol.ts';
import { port } from '../containers.ts';
import { MemoryEngine } from '../support/memory-engine.ts';
import { person } from '../support/person.ts';
import { Panel, state } from '../support/vscode.ts';
import { openWorkbench, stackNamed } from '../support/workbench.ts';

async function shop(settings: Readonly<Record<string, unknown>> = {}) {
  const engine = new MemoryEngine();
  const web = engine.has('shop', 'web', { ports: [port(8080)] });
  engine.has('shop', 'db');
  engine.written.set(web.id, ['one', 'two']);
  const workbench = await openWorkbench({ engines: { '': engine }, settings });
  const stack = stackNamed(workbench, 'shop').key;
  const view = new Panel('logs');
  const panel = await workbench.panels.logs();
  panel.resolve(view as never);
  const posted = () => view.posted as readonly ToLogs[];
  return {
    engine,
    workbench,
    view,
    web,
    says: (message: FromLogs) => view.received.fire(message),
    shows: () => posted().filter((each) => each.type === 'show'),
    lines: () =>
      posted()
        .flatMap((each) => (each.type === 'lines' ? each.batch.texts : []))
        .join(''),
    notes: () => posted().flatMap((each) => (each.type === 'note' ? [each.text] : [])),
    project: { kind: 'project', id: 'p', stack },
    service: (name: string) => ({ kind: 'service', id: name, stack, service: name }),
  };
}

describe('Logs', () => {
  it('shows what was chosen in the panel, once the page is ready', async () => {
    const { workbench, says, shows, lines, view, service } = await shop();
    await logsCommand(workbench, [service('web')]);
    expect(shows()).toEqual([]);
    says({ type: 'ready', kept: undefined });
    expect(shows()).toMatchObject([
      {
        title: 'shop · web',
        projects: [{ name: 'shop', services: ['db', 'web'] }],
        range: 'tail',
        isPinned: false,
      },
    ]);
    expect(view.description).toBe('shop · web');
    await expect.poll(lines).toBe('one\ntwo\n');
  });

  it('goes on with the same logs, and begins anew with others', async () => {
    const { workbench, says, shows, service, project } = await shop();
    says({ type: 'ready', kept: undefined });
    await logsCommand(workbench, [service('web')]);
    await logsCommand(workbench, [service('web')]);
    expect(shows()).toHaveLength(1);
    await logsCommand(workbench, [project]);
    expect(shows().map(({ title }) => title)).toEqual(['shop · web', 'shop']);
  });

  it('opens terminals for several things, and where the user prefers them', async () => {
    const { workbench, project, service } = await shop({ 'composure.logs.open': 'terminal' });
    await logsCommand(workbench, [project]);
    await logsInTerminalCommand(workbench, [service('web')]);
    await logsInTerminalCommand(workbench, [service('web')]);
    expect(person.saw('terminal')).toEqual(['shop', 'shop · web']);
  });

  it('asks whose, among projects and the services that have containers', async () => {
    const { workbench, says, shows } = await shop();
    says({ type: 'ready', kept: undefined });
    person.answers('web');
    await chooseLogsCommand(workbench);
    expect(person.last?.choices).toEqual(['$(layers) shop', 'db', 'web']);
    expect(shows().map(({ title }) => title)).toEqual(['shop · web']);
  });
});

describe('after a reload of the window', () => {
  it('shows what it showed before anyone clicks, and goes on with it when it is clicked', async () => {
    const { workbench, says, shows, lines, view, service } = await shop();
    const kept = {
      title: 'shop · web',
      targets: [
        {
          selection: { project: 'shop', services: ['web'] },
          title: 'shop · web',
          services: ['db', 'web'],
        },
      ],
    };
    says({ type: 'ready', kept });
    await expect.poll(lines).toBe('one\ntwo\n');
    expect(view.description).toBe('shop · web');
    await logsCommand(workbench, [service('web')]);
    expect(shows()).toHaveLength(1);
  });

  it('shows what was clicked, where that came first', async () => {
    const { workbench, says, shows, project } = await shop();
    await logsCommand(workbench, [project]);
    says({
      type: 'ready',
      kept: { title: 'x', targets: [{ selection: { project: 'x' }, title: 'x', services: [] }] },
    });
    expect(shows().map(({ title }) => title)).toEqual(['shop']);
  });

  it('closes a tab of which nothing was kept', async () => {
    const { workbench } = await shop();
    const tab = new Panel('tab');
    let isClosed = false;
    tab.closed.event(() => {
      isClosed = true;
    });
    (await workbench.panels.logs()).restore(tab as never, { kept: 'nothing of ours' });
    expect(isClosed).toBe(true);
  });
});

describe('several projects, several views', () => {
  it('merges the logs of projects that are chosen together', async () => {
    const { engine, workbench, says, shows, lines, view, project } = await shop();
    const blog = engine.has('blog', 'web');
    engine.written.set(blog.id, ['post']);
    workbench.engine.refresh();
    await expect.poll(() => workbench.stacks.stacks.map(({ name }) => name)).toContain('blog');
    const other = { kind: 'project', id: 'q', stack: stackNamed(workbench, 'blog').key };
    says({ type: 'ready', kept: undefined });
    await logsCommand(workbench, [project, [project, other]]);
    expect(shows()).toMatchObject([{ title: 'shop, blog', projects: [{ name: 'shop' }, { name: 'blog' }] }]);
    await expect.poll(() => lines().split('\n').sort()).toEqual(['', 'one', 'post', 'two']);
    const sources = (view.posted as readonly ToLogs[]).flatMap((each) =>
      each.type === 'lines' ? each.batch.sources : [],
    );
    expect(new Set(sources.map(({ project: name, service }) => `${name} ${service}`))).toEqual(
      new Set(['shop web', 'blog web']),
    );
  });

  it('opens tabs that stay with what they show, one for each', async () => {
    const { workbench, says, shows, service, project } = await shop();
    says({ type: 'ready', kept: undefined });
    const before = state.panels.length;
    await logsInTabCommand(workbench, [service('web')]);
    await logsInTabCommand(workbench, [service('web')]);
    await logsCommand(workbench, [project]);
    says({ type: 'openInTab' });
    expect(state.panels.slice(before).map(({ title }) => title)).toEqual(['Logs: shop · web', 'Logs: shop']);
    expect(shows().map(({ title }) => title)).toEqual(['shop']);
  });
});

describe('the log page', () => {
  it('may ask for more of the log, or for other logs', async () => {
    const { workbench, says, shows, project } = await shop();
    says({ type: 'ready', kept: undefined });
    await logsCommand(workbench, [project]);
    says({ type: 'range', range: '1h' });
    says({ type: 'range', range: 'all' });
    expect(shows().map(({ range }) => range)).toEqual(['tail', '1h', 'all']);
    says({ type: 'choose' });
    expect(person.commands.at(-1)?.id).toBe('composure.chooseLogs');
  });

  it('opens an address under the port that it is published as', async () => {
    const { says, web } = await shop();
    says({ type: 'openUrl', url: 'http://0.0.0.0:80/docs', container: web.id });
    await expect.poll(() => person.opened).toEqual(['http://localhost:8080/docs']);
  });

  it('opens a file of a mounted folder at its line', async () => {
    const { engine, workbench, says, web } = await shop();
    await mkdir(workbench.path('src'));
    await writeFile(workbench.path('src/app.js'), '');
    const mount = {
      type: 'bind',
      name: undefined,
      source: workbench.path('src'),
      destination: '/app',
      readOnly: false,
    } as const;
    engine.containers.set(web.id, { ...web, mounts: [mount] });
    workbench.engine.refresh();
    const mounts = () =>
      stackNamed(workbench, 'shop').services.flatMap(({ containers }) =>
        containers.flatMap((each) => each.mounts),
      );
    await expect.poll(() => mounts().length).toBe(1);
    says({ type: 'openFile', path: '/app/app.js', line: 7, column: 3, container: web.id });
    await expect.poll(() => person.saw('document')).toEqual([`file://${workbench.path('src/app.js')}`]);
    expect(person.last?.options).toMatchObject({ selection: { start: { line: 6, character: 2 } } });
  });

  it('says that a file is none of the workspace', async () => {
    const { says, web } = await shop();
    state.found = [];
    says({ type: 'openFile', path: '/usr/lib/x.js', line: 1, column: 1, container: web.id });
    await expect
      .poll(() => person.saw('information'))
      .toEqual(['/usr/lib/x.js is not a file of this workspace.']);
  });

  it('saves what it collects, in its parts', async () => {
    const { workbench, view, says, project } = await shop();
    says({ type: 'ready', kept: undefined });
    await logsCommand(workbench, [project]);
    says({ type: 'part', text: 'nobody asked', last: true });
    const path = workbench.path('shop.log');
    person.answers(path);
    says({ type: 'save' });
    await expect.poll(() => view.posted).toContainEqual({ type: 'collect', form: 'text' });
    says({ type: 'part', text: 'one\n', last: false });
    says({ type: 'part', text: 'two\n', last: true });
    await expect.poll(() => readFile(path, 'utf8').catch(() => '')).toBe('one\ntwo\n');
    await expect.poll(() => person.saw('status')).toEqual(['Saved shop.log']);
  });

  it('copies what it is told to', async () => {
    const { says } = await shop();
    says({ type: 'copy', text: 'a line' });
    await expect.poll(() => person.clipboard).toBe('a line');
  });

  it('is sent nothing once it is closed', async () => {
    const { workbench, view, says, project } = await shop();
    says({ type: 'ready', kept: undefined });
    view.closed.fire();
    await logsCommand(workbench, [project]);
    expect(view.posted).toEqual([]);
  });
});

describe('when the engine goes away', () => {
  it('says so, and goes on where it was once it is back', async () => {
    const { engine, workbench, says, notes, lines, web, service } = await shop();
    says({ type: 'ready', kept: undefined });
    await logsCommand(workbench, [service('web')]);
    await expect.poll(lines).toBe('one\ntwo\n');
    engine.breaks();
    await expect.poll(notes).toContain('The engine went away.');
    engine.written.set(web.id, ['one', 'two', 'three']);
    engine.isReachable = true;
    workbench.engine.retry();
    await expect.poll(notes).toContain('The engine is back');
    await expect.poll(lines).toBe('one\ntwo\nthree\n');
  });
});
