import { expect, it } from 'vitest';
import { snapshotFile, snapshotsAmong, snapshotTime } from '#engine/operations/snapshot-file.ts';

const now = new Date(2026, 10, 30, 13, 5, 59);

it('names a snapshot by its volume and the local time', () => {
  expect(snapshotFile('/shop', 'shop', 'shop_db', now)).toBe('/shop/snapshots/db-2026-11-30-13-05-59.tar.gz');
});

it('finds the snapshots of a volume by their names, the newest first, and none of another', () => {
  const names = [
    'db-2026-11-30-13-05-59.tar.gz',
    'db-old-2026-11-30-13-05-59.tar.gz',
    'db-2026-12-01-00-00-00.tar.gz',
    'db.tar.gz',
    'db-2026-12-01-00-00-00.tar.gz.1a2b3c4d.part',
    'notes.txt',
  ];
  expect(snapshotsAmong(names, 'shop', 'shop_db')).toEqual([
    'db.tar.gz',
    'db-2026-12-01-00-00-00.tar.gz',
    'db-2026-11-30-13-05-59.tar.gz',
  ]);
  expect(snapshotsAmong(names, 'shop', 'shop_db-old')).toEqual(['db-old-2026-11-30-13-05-59.tar.gz']);
  expect(snapshotsAmong(names, 'shop', 'shop_d')).toEqual([]);
});

it.each([
  ['/shop/snapshots/db-data-2026-11-30-13-05-59.tar.gz', '2026-11-30 13:05:59'],
  ['db.tar.gz', 'db'],
  ['db-2026.tar.gz', 'db-2026'],
  ['other.zip', 'other.zip'],
])('the time in the name of %s', (file, time) => {
  expect(snapshotTime(file)).toBe(time);
});
