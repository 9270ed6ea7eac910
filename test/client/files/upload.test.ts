import { mkdir, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { dropFiles, uploadFilesCommand, uploadFolderCommand } from '../../../client/src/files/transfer.ts';
import { person } from '../support/person.ts';
import { Uri } from '../support/vscode.ts';
import { browsing, web } from './browsing.ts';

/** With a file and a folder on the disk. */
async function uploading() {
  const all = await browsing();
  const at = (path: string) => all.workbench.path(path);
  await writeFile(at('a.ini'), 'from here');
  await writeFile(at('hosts'), 'from here');
  await mkdir(at('site'));
  await writeFile(at('site/index.html'), '<p>');
  return { ...all, at };
}

describe('Upload', () => {
  it('puts files into the folder of the row, with the owner of that folder, and lists it anew', async () => {
    const { engine, workbench, rowAt, relisted, at } = await uploading();
    engine.files.has(web, '/home/me', undefined, { uid: 1000, gid: 1000 });
    person.answers(at('a.ini'));
    await uploadFilesCommand(workbench, [await rowAt('/home/me')]);
    expect(engine.files.text(web, '/home/me/a.ini')).toBe('from here');
    expect(engine.files.entry(web, '/home/me/a.ini')).toMatchObject({ uid: 1000, gid: 1000 });
    expect(relisted).toEqual([await rowAt('/home/me')]);
  });

  it('puts a folder with what is in it', async () => {
    const { engine, workbench, root, at } = await uploading();
    person.answers(at('site'));
    await uploadFolderCommand(workbench, [root]);
    expect(engine.files.text(web, '/site/index.html')).toBe('<p>');
  });

  it('asks before it replaces what is there', async () => {
    const { engine, workbench, rowAt, at } = await uploading();
    person.answers(`${at('hosts')}\n${at('a.ini')}`);
    await uploadFilesCommand(workbench, [await rowAt('/etc')]);
    expect(person.saw('warning')).toEqual(['hosts already exists. Replace it?']);
    expect(engine.calls).toEqual([]);
    person.answers(at('hosts'), 'Replace');
    await uploadFilesCommand(workbench, [await rowAt('/etc')]);
    expect(engine.files.text(web, '/etc/hosts')).toBe('from here');
  });

  it('asks about what came there since the folder was listed', async () => {
    const { engine, workbench, rowAt, at } = await uploading();
    const etc = await rowAt('/etc');
    await workbench.tree.getChildren(etc);
    engine.files.has(web, '/etc/a.ini', 'from there');
    person.answers(at('a.ini'));
    await uploadFilesCommand(workbench, [etc]);
    expect(person.saw('warning')).toEqual(['a.ini already exists. Replace it?']);
    expect(engine.files.text(web, '/etc/a.ini')).toBe('from there');
  });

  it('does nothing when nothing is chosen', async () => {
    const { engine, workbench, root } = await uploading();
    await uploadFilesCommand(workbench, [root]);
    await uploadFolderCommand(workbench, [root]);
    expect(engine.calls).toEqual([]);
  });
});

describe('what is dropped', () => {
  it('goes into the folder it is dropped on, or that of the file', async () => {
    const { engine, workbench, rowAt, at } = await uploading();
    await dropFiles(workbench, await rowAt('/etc/conf/app.ini'), `# files\r\n${Uri.file(at('a.ini'))}\r\n`);
    expect(engine.files.text(web, '/etc/conf/a.ini')).toBe('from here');
  });

  it('is said not to be on a disk, where it is not', async () => {
    const { engine, workbench, root } = await uploading();
    await dropFiles(workbench, root, 'https://example.com/logo.png');
    expect(person.saw('information')).toEqual(['logo.png is not on a local disk.']);
    expect(engine.calls).toEqual([]);
  });

  it('on no row of files goes nowhere', async () => {
    const { engine, workbench, stack, at } = await uploading();
    const uri = String(Uri.file(at('a.ini')));
    await dropFiles(workbench, undefined, uri);
    await dropFiles(workbench, { kind: 'project', id: 'p', stack }, uri);
    expect(engine.calls).toEqual([]);
    expect(person.shown).toEqual([]);
  });
});
