import { expect, test } from 'vitest';
import type { Service } from '#compose/model/project.ts';
import { portShortages, rangeFor } from '#compose/check/port-shortage.ts';

const service = (published: string | undefined, more: Partial<Service> = {}): Service => ({
  command: null,
  entrypoint: null,
  ports: [{ target: 80, ...(published !== undefined && { published }) }],
  ...more,
});

test.each<[published: string | undefined, wanted: number, room: number | undefined]>([
  ['8080', 1, undefined],
  ['8080', 2, 1],
  ['8080-8081', 2, undefined],
  ['8080-8081', 3, 2],
  ['0', 3, undefined],
  [undefined, 3, undefined],
])('published %s for %d containers has room for %s', (published, wanted, room) => {
  expect(portShortages(service(published), wanted).map((each) => each.room)).toEqual(
    room === undefined ? [] : [room],
  );
});

test('the number is that of scale, else of deploy.replicas; the network of the host has no ports to share', () => {
  expect(portShortages(service('80', { scale: 2 }))).toHaveLength(1);
  expect(portShortages(service('80', { deploy: { replicas: 2 } }))).toHaveLength(1);
  expect(portShortages(service('80', { scale: 1, deploy: { replicas: 2 } }))).toHaveLength(0);
  expect(portShortages(service('80', { scale: 2, network_mode: 'host' }))).toHaveLength(0);
});

test('a range has a port for each, and ends where ports do', () => {
  const shortage = { index: 0, room: 1, wanted: 3 };
  expect(rangeFor({ ...shortage, published: '8080' })).toBe('8080-8082');
  expect(rangeFor({ ...shortage, published: '8080-8081' })).toBe('8080-8082');
  expect(rangeFor({ ...shortage, published: '65534' })).toBeUndefined();
});
