import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import {
  copyIdCommand,
  copyNameCommand,
  createFileCommand,
  openFileCommand,
} from '../../../client/src/stack/compose-file-commands.ts';
import { fromClick } from '../../../client/src/stack/stack-command-ids.ts';
import { openInBrowserCommand } from '../../../client/src/stack/open-in-browser-command.ts';
import { port } from '../containers.ts';
import { MemoryEngine } from '../support/memory-engine.ts';
import { person } from '../support/person.ts';
import { state, Uri } from '../support/vscode.ts';
import { openWorkbench, stackNamed } from '../support/workbench.ts';

const text = 'name: shop\nservices:\n  web:\n    image: busybox\n  db:\n    image: busybox\n';

async function shopRuns(ports: readonly ReturnType<typeof port>[] = []) {
  const engine = new MemoryEngine();
  const web = engine.has('shop', 'web', { ports });
  const workbench = await openWorkbench({ files: { 'compose.yaml': text }, engines: { '': engine } });
  const stack = stackNamed(workbench, 'shop').key;
  return {
    workbench,
    web,
    project: { kind: 'project', id: 'p', stack },
    service: (name: string) => ({ kind: 'service', id: name, stack, service: name }),
    webOne: { kind: 'container', id: 'c', stack, service: 'web', container: web.id },
    volume: { kind: 'volume', id: 'v', stack, name: 'shop_data' },
  };
}

describe('Open Compose File', () => {
  it('opens it at the line of the service', async () => {
    const { workbench, service } = await shopRuns();
    await openFileCommand(workbench, [service('db')]);
    expect(person.last?.text).toBe(`file://${workbench.path('compose.yaml')}`);
    expect(person.last?.options).toMatchObject({ selection: { start: { line: 4, character: 2 } } });
  });

  it('opens it as it is for a project', async () => {
    const { workbench, project } = await shopRuns();
    await openFileCommand(workbench, [project]);
    expect(person.last).toMatchObject({ kind: 'document', options: { preserveFocus: false } });
    expect(person.last?.options).not.toHaveProperty('selection');
  });

  it('leaves the keyboard in the tree after a click on a row', async () => {
    const { workbench, service } = await shopRuns();
    await openFileCommand(workbench, [service('db'), fromClick]);
    expect(person.last?.options).toMatchObject({ preserveFocus: true, selection: { start: { line: 4 } } });
  });
});

describe('what is copied', () => {
  it('is the name that people and engines use for each kind of row', async () => {
    const { workbench, project, service, webOne, volume } = await shopRuns();
    await copyNameCommand(workbench, [project, [project, service('db'), webOne, volume]]);
    expect(person.clipboard).toBe('shop\ndb\nshop-web-1\nshop_data');
  });

  it('is the ids of the containers', async () => {
    const { workbench, web, project } = await shopRuns();
    await copyIdCommand(workbench, [project]);
    expect(person.clipboard).toBe(web.id);
  });
});

describe('Create Compose File', () => {
  it('writes one that can be brought up, and leaves one that is there alone', async () => {
    const workbench = await openWorkbench();
    await createFileCommand();
    const written = await readFile(workbench.path('compose.yaml'), 'utf8');
    expect(written).toContain('image: nginx:alpine');
    expect(person.last?.text).toBe(`file://${workbench.path('compose.yaml')}`);

    const other = await openWorkbench({ files: { 'compose.yaml': text } });
    await createFileCommand();
    expect(await readFile(other.path('compose.yaml'), 'utf8')).toBe(text);
  });

  it('asks for a folder where there are several, and says that it needs one where there is none', async () => {
    const workbench = await openWorkbench();
    state.folders = [...(state.folders ?? []), { uri: Uri.file('/nowhere'), name: 'nowhere' }];
    person.answers(undefined);
    await createFileCommand();
    expect(person.saw('document')).toEqual([]);
    await expect(readFile(workbench.path('compose.yaml'))).rejects.toThrow();

    state.folders = undefined;
    await createFileCommand();
    expect(person.saw('information')).toEqual(['Open a folder first. The file will be created in it.']);
  });
});

describe('Open in Browser', () => {
  it('opens the one port there is', async () => {
    const { workbench, project } = await shopRuns([port(8080)]);
    await openInBrowserCommand(workbench, [project]);
    expect(person.opened).toEqual(['http://localhost:8080']);
  });

  it('asks which of several, and opens none when nobody answers', async () => {
    const { workbench, project } = await shopRuns([port(8080), port(9090, 90)]);
    await openInBrowserCommand(workbench, [project]);
    expect(person.opened).toEqual([]);
    person.answers('http://localhost:9090');
    await openInBrowserCommand(workbench, [project]);
    expect(person.opened).toEqual(['http://localhost:9090']);
  });

  it('says that nothing is published', async () => {
    const { workbench, service } = await shopRuns();
    await openInBrowserCommand(workbench, [service('web')]);
    expect(person.saw('information')).toEqual(['shop › web does not publish any ports right now.']);
  });
});
