import { describe, expect, it } from 'vitest';
import { folders, placed } from '../../../client/src/files/chosen.ts';
import { calledRows, type TreeRow } from '../../../client/src/tree/tree-row.ts';
import { english } from '../translate.ts';
import { browsing, web } from './browsing.ts';

const textOf = (row: TreeRow) => ('path' in row ? row.path : 'text' in row ? row.text : row.kind);

describe('the rows of files', () => {
  it('are listed once while their row is open, and anew when they are forgotten', async () => {
    const { engine, workbench, root } = await browsing();
    const { tree } = workbench;
    expect((await tree.getChildren(root)).map(textOf)).toEqual(['/data', '/etc']);
    engine.files.has(web, '/new', 'x');
    expect((await tree.getChildren(root)).map(textOf)).toEqual(['/data', '/etc']);
    expect(tree.files.isListed(root)).toBe(true);
    tree.files.forget(root);
    expect(tree.files.isListed(root)).toBe(false);
    expect((await tree.getChildren(root)).map(textOf)).toEqual(['/data', '/etc', '/new']);
  });

  it('below a forgotten row are forgotten too, and no others', async () => {
    const { workbench, root, rowAt } = await browsing();
    const { files } = workbench.tree;
    const [etc, conf, data] = [await rowAt('/etc'), await rowAt('/etc/conf'), await rowAt('/data')];
    for (const row of [etc, conf, data]) await files.children(row);
    files.forget(etc);
    expect([root, etc, conf, data].map((row) => files.isListed(row))).toEqual([true, false, false, true]);
    files.forget(root);
    expect(files.isListed(data)).toBe(false);
  });

  it('of a volume are those of the container that has it', async () => {
    const { workbench, stack } = await browsing();
    const volume = { kind: 'volume', id: `volume ${stack} shop_data`, stack, name: 'shop_data' } as const;
    const [row] = await workbench.tree.files.children(volume);
    expect(row).toMatchObject({ kind: 'volume-file', path: '/base.db' });
    workbench.tree.files.forget(volume);
    expect(workbench.tree.files.isListed(volume)).toBe(false);
  });

  it('say what is wrong, and that a folder is empty, in place of files', async () => {
    const { engine, workbench, root, rowAt } = await browsing();
    const { tree } = workbench;
    engine.files.has(web, '/empty');
    const empty = await rowAt('/empty');
    expect((await tree.getChildren(empty)).map(textOf)).toEqual(['empty']);
    engine.breaks();
    await expect.poll(() => workbench.engine.current).toBeUndefined();
    tree.files.forget(root);
    expect((await tree.getChildren(root)).map(textOf)).toEqual(['Nothing is responding at .']);
  });

  it('are no more than one can read: the rest is counted', async () => {
    const { engine, rowAt, workbench } = await browsing();
    for (let at = 0; at < 2003; at++) engine.files.has(web, `/many/${at}`, '');
    const rows = await workbench.tree.getChildren(await rowAt('/many'));
    expect(rows).toHaveLength(2001);
    expect(textOf(rows.at(-1) as TreeRow)).toBe('… and 3 more');
  });

  it('look as what they are', async () => {
    const { workbench, rowAt } = await browsing();
    const { files } = workbench.tree;
    const row = await rowAt('/etc/conf/app.ini');
    if (row.kind !== 'file') throw new Error(row.kind);
    expect(files.look(row, true, english)).toMatchObject({
      label: 'app.ini',
      description: '4 B',
      context: 'entry file changeable',
      opensUri: 'composure-container://0123456789ab/shop-web-1/etc/conf/app.ini',
    });
    expect(files.look({ ...row, id: 'never listed' }, true, english)).toBeUndefined();
  });
});

describe('what a command of files is called for', () => {
  it('is the selected rows, else the one it was chosen on', async () => {
    const { rowAt } = await browsing();
    const [a, b] = [await rowAt('/etc'), await rowAt('/data')];
    expect(calledRows([a, [a, b]])).toEqual([a, b]);
    expect(calledRows([a, []])).toEqual([a]);
    expect(calledRows([])).toEqual([]);
  });

  it('is only what is a file or folder, and for folders that of a file', async () => {
    const { workbench, rowAt, stack } = await browsing();
    const file = await rowAt('/etc/hosts');
    const project = { kind: 'project', id: 'p', stack };
    expect(placed(workbench, [file, [file, project]]).map((each) => each.file.path)).toEqual(['/etc/hosts']);
    expect(folders(workbench, [file]).map((each) => each.file.path)).toEqual(['/etc']);
  });

  it('is nothing once its container has gone', async () => {
    const { engine, workbench, rowAt } = await browsing();
    const file = await rowAt('/etc/hosts');
    engine.containers.delete(web);
    workbench.engine.refresh();
    await expect.poll(() => placed(workbench, [file])).toEqual([]);
  });
});
