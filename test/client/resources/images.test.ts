import { expect, it } from 'vitest';
import type { ContainerSummary, DiskUsage, ImageDetails } from '#engine/api/engine-objects.ts';
import { diskDocument, freedBy } from '../../../client/src/resources/disk-document.ts';
import { imageText, listImages, platformsOf } from '../../../client/src/resources/image-list.ts';
import { english } from '../translate.ts';

const hour = 3_600_000;
const image = (id: string, tags: readonly string[], size: number, createdAt: number) =>
  ({
    id: `sha256:${id.repeat(64)}`,
    tags,
    size,
    createdAt,
    os: 'linux',
    architecture: 'amd64',
  }) as ImageDetails;
const web = image('a', ['web:1', 'web:2'], 5_000_000, hour);
const old = image('b', [], 90_000_000, 0);
const db = image('c', ['db:1'], 7_000_000, 2 * hour);
const users = [
  { name: 'shop-web-1', imageId: web.id, image: 'web:1' },
  { name: 'shop-db-1', imageId: 'another', image: 'db:1' },
] as unknown as readonly ContainerSummary[];

it.each([
  ['size', ['bbbbbbbbbbbb', 'db:1', 'web:1', 'web:2']],
  ['age', ['db:1', 'web:1', 'web:2', 'bbbbbbbbbbbb']],
  ['name', ['bbbbbbbbbbbb', 'db:1', 'web:1', 'web:2']],
  ['unused', ['bbbbbbbbbbbb', 'db:1', 'web:1', 'web:2']],
] as const)('images are listed by %s, once for each name', (order, labels) => {
  expect(listImages([web, old, db], users, order).map(({ label }) => label)).toEqual(labels);
});

it('says of an image its size, age, users, and what is wrong with it', () => {
  const texts = listImages([web, old, db], users, 'name').map((each) =>
    imageText(each, { t: english, now: 3 * hour, isOlder: each.label === 'db:1' }),
  );
  expect(texts).toEqual([
    '90 MB · 3 h ago · unused · no name (dangling)',
    '7.0 MB · 1 h ago · shop-db-1 · outdated image',
    '5.0 MB · 2 h ago · shop-web-1',
    '5.0 MB · 2 h ago · shop-web-1',
  ]);
  expect(platformsOf(web)).toBe('linux/amd64');
});

const usage: DiskUsage = {
  layers: 95_000_000,
  images: [
    { id: web.id, name: 'web:1', size: 5_000_000, shared: 4_000_000, containers: 1 },
    { id: old.id, name: old.id, size: 90_000_000, shared: 4_000_000, containers: 0 },
  ],
  containers: [
    { id: 'one', name: 'shop-web-1', size: 2000, isRunning: true },
    { id: 'two', name: 'left', size: 3_000_000, isRunning: false },
  ],
  volumes: [
    { id: 'data', name: 'data', size: 12_000_000, containers: 1 },
    { id: 'gone', name: 'gone', size: 40_000_000, containers: 0 },
  ],
  cache: { size: 9_000_000, free: 8_000_000 },
};

it('shows what takes room, the largest first, with what can go and what holds data', () => {
  const [title, free, , data, ...rest] = diskDocument('Disk Usage', usage, english).split('\n');
  expect(title).toBe('Disk Usage');
  // Without the layers that another image has, too: 86 + 3 + 8.
  expect(free).toMatch(/^Up to 97 MB can safely go/);
  expect(data).toContain('marked (!)');
  expect(rest).toEqual([
    '',
    '@@ Images: 95 MB @@',
    '+    90 MB  bbbbbbbbbbbb · 4.0 MB shared with other images',
    '    5.0 MB  web:1 · 4.0 MB shared with other images',
    '',
    '@@ Containers: 3.0 MB @@',
    '+   3.0 MB  left',
    '    2.0 kB  shop-web-1',
    '',
    '@@ Volumes: 52 MB @@',
    '!    40 MB  gone',
    '     12 MB  data',
    '',
    '@@ Build cache: 9.0 MB @@',
    '+   8.0 MB  not in use',
    '',
  ]);
});

it('a clean-up says what it frees before: layers that stay are not counted', () => {
  expect(freedBy(usage, { images: [old], containers: [{ id: 'two' }], buildCache: true })).toBe(97_000_000);
  expect(freedBy(usage, { images: [], containers: [], buildCache: false })).toBe(0);
});
