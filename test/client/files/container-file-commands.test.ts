import { describe, expect, it } from 'vitest';
import {
  browseFilesCommand,
  copyPathCommand,
  deleteFileCommand,
  newContainerFileCommand,
  newContainerFolderCommand,
  openContainerFileCommand,
  refreshFilesCommand,
  renameFileCommand,
} from '../../../client/src/files/container-file-commands.ts';
import { toUri } from '../../../client/src/files/file-place.ts';
import { person } from '../support/person.ts';
import { browsing, web } from './browsing.ts';

const opened = () =>
  person.commands.flatMap(({ id, args }) => (id === 'vscode.open' ? [String(args[0])] : []));

describe('Browse Files', () => {
  it('shows the files of the one container of a service, running or not', async () => {
    const { workbench, stack, root, revealed } = await browsing({ state: 'exited' });
    await browseFilesCommand(workbench, [{ kind: 'service', id: 's', stack, service: 'web' }]);
    expect(revealed).toEqual([root]);
  });

  it('shows a volume where it is', async () => {
    const { workbench, stack, revealed } = await browsing();
    const volume = { kind: 'volume', id: 'v', stack, name: 'shop_data' } as const;
    await browseFilesCommand(workbench, [volume]);
    expect(revealed).toEqual([volume]);
  });
});

describe('Open', () => {
  it('opens files, each in an editor of its own where there are several, and no folders', async () => {
    const { workbench, rowAt } = await browsing();
    const rows = [await rowAt('/etc/hosts'), await rowAt('/etc/conf/app.ini'), await rowAt('/etc/conf')];
    await openContainerFileCommand(workbench, [rows[0], rows]);
    expect(opened()).toEqual([
      'composure-container://0123456789ab/shop-web-1/etc/hosts',
      'composure-container://0123456789ab/shop-web-1/etc/conf/app.ini',
    ]);
    expect(person.commands[0]?.args[1]).toEqual({ preview: false });
  });
});

describe('New', () => {
  it('makes an empty file beside the chosen one, opens it, and lists the folder anew', async () => {
    const { engine, workbench, rowAt, relisted } = await browsing();
    person.answers('new.ini');
    await newContainerFileCommand(workbench, [await rowAt('/etc/conf/app.ini')]);
    expect(person.saw('input')).toEqual(['The name of the new file in /etc/conf']);
    expect(engine.files.text(web, '/etc/conf/new.ini')).toBe('');
    expect(opened()).toEqual(['composure-container://0123456789ab/shop-web-1/etc/conf/new.ini']);
    expect(relisted).toEqual([await rowAt('/etc/conf')]);
  });

  it('makes a folder', async () => {
    const { engine, workbench, root } = await browsing();
    person.answers('made');
    await newContainerFolderCommand(workbench, [root]);
    expect(engine.files.entry(web, '/made')?.kind).toBe('folder');
  });

  it.each([
    ['file', newContainerFileCommand],
    ['folder', newContainerFolderCommand],
  ])('%s: does not write over what is there', async (_kind, command) => {
    const { engine, workbench, rowAt } = await browsing();
    person.answers('hosts');
    await command(workbench, [await rowAt('/etc')]);
    expect(person.saw('error')).toEqual(['hosts already exists.']);
    expect(opened()).toEqual([]);
    expect(engine.files.text(web, '/etc/hosts')).toBe('127.0.0.1 localhost\n');
  });

  it.each(['', ' ', '.', '..', 'a/b'])('takes no %j for a name', async (name) => {
    const { engine, workbench, root } = await browsing();
    person.answers(name);
    await newContainerFileCommand(workbench, [root]);
    expect(person.saw('error')).toEqual(['Enter a name without a slash.']);
    expect(engine.calls).toEqual([]);
  });

  it('makes nothing when nobody says how it is called', async () => {
    const { engine, workbench, root } = await browsing();
    await newContainerFileCommand(workbench, [root]);
    await newContainerFolderCommand(workbench, [root]);
    expect(engine.calls).toEqual([]);
  });
});

describe('Rename', () => {
  it('offers the name without its ending to be typed over, and moves the file', async () => {
    const { engine, workbench, rowAt, relisted } = await browsing();
    person.answers('main.ini');
    await renameFileCommand(workbench, [await rowAt('/etc/conf/app.ini')]);
    expect(person.shown[0]?.options).toMatchObject({ value: 'app.ini', valueSelection: [0, 3] });
    expect(engine.calls).toEqual(['mv /etc/conf/app.ini /etc/conf/main.ini']);
    expect(relisted).toEqual([await rowAt('/etc/conf')]);
  });

  it('does not replace what is there, and says so of what has gone', async () => {
    const { engine, workbench, rowAt } = await browsing();
    const row = await rowAt('/etc/hosts');
    person.answers('conf');
    await renameFileCommand(workbench, [row]);
    expect(person.last?.text).toBe('hosts already exists.');
    expect(engine.calls).toEqual([]);
  });

  it.each([['hosts'], [undefined]])('does nothing for %j', async (answer) => {
    const { engine, workbench, rowAt } = await browsing();
    person.answers(answer);
    await renameFileCommand(workbench, [await rowAt('/etc/hosts')]);
    expect(engine.calls).toEqual([]);
  });

  it('says that a container has to run for that', async () => {
    const { engine, workbench, rowAt } = await browsing({ state: 'exited' });
    person.answers('other');
    await renameFileCommand(workbench, [await rowAt('/etc/hosts')]);
    expect(person.last?.text).toMatch(/only in a running container\. Start shop-web-1 first\.$/);
    expect(engine.calls).toEqual([]);
  });
});

describe('Delete', () => {
  it('names the files, and deletes them once that is agreed to', async () => {
    const { engine, workbench, rowAt } = await browsing();
    const rows = [await rowAt('/etc/hosts'), await rowAt('/etc/conf')];
    await deleteFileCommand(workbench, [rows[0], rows]);
    expect(person.last).toMatchObject({
      text: 'Delete 2 files and folders from shop-web-1?',
      detail: '• /etc/hosts\n• /etc/conf\n\nThis cannot be undone.',
    });
    expect(engine.calls).toEqual([]);
    person.answers('Delete');
    await deleteFileCommand(workbench, [rows[0], rows]);
    expect(engine.calls).toEqual(['rm /etc/hosts', 'rm /etc/conf']);
    expect(engine.files.text(web, '/etc/conf/app.ini')).toBeUndefined();
  });

  it('goes through the container that has the volume, at its path there', async () => {
    const { engine, workbench, stack, rowAt } = await browsing();
    const volume = { kind: 'volume', id: `volume ${stack} shop_data`, stack, name: 'shop_data' } as const;
    person.answers('Delete');
    await deleteFileCommand(workbench, [await rowAt('base.db', volume)]);
    expect(person.saw('warning')).toEqual(['Delete base.db from shop_data?']);
    expect(engine.calls).toEqual(['rm /data/base.db']);
  });

  it('says so of what has gone meanwhile, and goes on with the others', async () => {
    const { engine, workbench, rowAt } = await browsing();
    const rows = [await rowAt('/etc/hosts'), await rowAt('/etc/conf/app.ini')];
    await workbench.containerFiles.delete(
      toUri({ place: { kind: 'container', id: web, name: 'shop-web-1' }, path: '/etc/hosts' }),
    );
    person.answers('Delete');
    await deleteFileCommand(workbench, [rows[0], rows]);
    expect(person.saw('error')).toEqual(['hosts no longer exists.']);
    expect(engine.calls).toEqual(['rm /etc/hosts', 'rm /etc/conf/app.ini']);
  });

  it('says why the container does not let it go', async () => {
    const { engine, workbench, rowAt } = await browsing();
    engine.files.refusal = 'rm: /etc/hosts: Read-only file system\n';
    person.answers('Delete');
    await deleteFileCommand(workbench, [await rowAt('/etc/hosts')]);
    expect(person.saw('error')).toEqual(['/etc/hosts is read-only in shop-web-1.']);
  });
});

it('Copy Path copies the paths as they are in the container', async () => {
  const { workbench, rowAt } = await browsing();
  const rows = [await rowAt('/etc/hosts'), await rowAt('/etc/conf')];
  await copyPathCommand(workbench, [rows[0], rows]);
  expect(person.clipboard).toBe('/etc/hosts\n/etc/conf');
});

it('Refresh lists the chosen rows anew', async () => {
  const { workbench, root, rowAt, relisted } = await browsing();
  const rows = [root, await rowAt('/etc')];
  await refreshFilesCommand(workbench, [rows[0], rows]);
  expect(relisted).toEqual(rows);
});
