import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deleteSnapshotCommand } from '../../../client/src/resources/snapshot-commands.ts';
import { person } from '../support/person.ts';

describe('Delete Snapshot', () => {
  let folder: string;
  const listed: unknown[] = [];
  const workbench = { relist: (row: unknown) => void listed.push(row) };
  const row = (name: string) => ({
    kind: 'snapshot',
    id: name,
    stack: 'files:shop',
    name: 'shop_data',
    file: join(folder, name),
  });
  const exists = (name: string) =>
    access(join(folder, name)).then(
      () => true,
      () => false,
    );

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'composure-snapshots-'));
    listed.length = 0;
    for (const name of ['a.tar.gz', 'b.tar.gz', 'c.tar.gz']) await writeFile(join(folder, name), name);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('asks first, and says that the volume is left alone', async () => {
    await deleteSnapshotCommand(workbench, [row('a.tar.gz')]);
    expect(person.last?.text).toBe('Delete the snapshot a.tar.gz?');
    expect(person.last?.detail).toContain('The volumes keep their data.');
    expect(await exists('a.tar.gz')).toBe(true);
  });

  it('deletes all that were chosen, also what is gone already, and lists what is left', async () => {
    const rows = [row('a.tar.gz'), row('b.tar.gz'), row('gone.tar.gz')];
    person.answers('Delete Snapshot');
    await deleteSnapshotCommand(workbench, [rows[0], rows]);
    expect(person.last?.text).toBe('Delete 3 snapshots?');
    expect([await exists('a.tar.gz'), await exists('b.tar.gz'), await exists('c.tar.gz')]).toEqual([
      false,
      false,
      true,
    ]);
    expect(listed).toEqual(rows);
  });
});
