import { describe, expect, it } from 'vitest';
import { containersOf, selectedBy, titleOf } from '../../../client/src/stack/selected.ts';
import type { TreeRow } from '../../../client/src/tree/tree-row.ts';
import type { Stack } from '../../../client/src/workspace/stacks.ts';
import { container, joined, runtime } from '../containers.ts';

const web = [container({ name: 'shop-web-1' }), container({ name: 'shop-web-2' })];
const db = container({ name: 'shop-db-1' });
const [shop, blog] = joined(
  [],
  [runtime('shop', { web, db: [db] }), runtime('blog', { app: [container({ name: 'blog-app-1' })] })],
  false,
) as readonly [Stack, Stack];

const stackOf = (key: string) => [shop, blog].find((stack) => stack.key === key);
const service = (name: string, stack = shop): TreeRow => ({
  kind: 'service',
  id: name,
  stack: stack.key,
  service: name,
});
const one = (name: string, id: string): TreeRow => ({
  kind: 'container',
  id,
  stack: shop.key,
  service: name,
  container: id,
});
const project: TreeRow = { kind: 'project', id: 'shop', stack: shop.key };
const volume: TreeRow = { kind: 'volume', id: 'data', stack: shop.key, name: 'shop_data' };
const titles = (...rows: readonly TreeRow[]) => selectedBy(rows, stackOf).map(titleOf);
const names = (...rows: readonly TreeRow[]) =>
  selectedBy(rows, stackOf)
    .flatMap(containersOf)
    .map(({ name }) => name);

describe('rows that are chosen together', () => {
  it('of a project and its services mean the project', () => {
    expect(titles(service('web'), project)).toEqual(['shop']);
    expect(names(project)).toEqual(['shop-db-1', 'shop-web-1', 'shop-web-2']);
  });

  it('of services mean these services', () => {
    expect(titles(service('web'), service('db'))).toEqual(['shop › web, db']);
  });

  it('of a service and a container of another mean all of the one and the one of the other', () => {
    const rows = [service('db'), one('web', 'id-of-shop-web-2')];
    expect(titles(...rows)).toEqual(['shop › db-1, web-2']);
    expect(names(...rows)).toEqual(['shop-db-1', 'shop-web-2']);
  });

  it('of two projects are worked on one after the other', () => {
    expect(titles(service('app', blog), service('web'))).toEqual(['blog › app', 'shop › web']);
  });

  it('of networks and volumes mean no service', () => {
    expect(titles(volume)).toEqual([]);
    expect(titles(volume, service('db'))).toEqual(['shop › db']);
  });

  it('of what has gone mean nothing', () => {
    expect(titles({ kind: 'project', id: 'gone', stack: 'engine:gone' })).toEqual([]);
    expect(titles({ kind: 'engine', id: 'engine' })).toEqual([]);
    expect(names(one('web', 'id-of-nothing'))).toEqual([]);
  });
});
