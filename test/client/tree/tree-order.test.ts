import { describe, expect, it } from 'vitest';
import { isWanted, parseFilter, wantedServices } from '../../../client/src/tree/tree-filter.ts';
import { orderedServices, orderedStacks, type TreeOrder } from '../../../client/src/tree/tree-order.ts';
import { container, declared, joined, runtime } from '../containers.ts';
import { english } from '../translate.ts';

const [shop, blog] = joined(
  [
    declared('shop', [
      { name: 'web', place: 0 },
      { name: 'db', place: 1 },
      { name: 'api', place: 2 },
    ]),
    declared('blog', [{ name: 'page', place: 0 }]),
  ],
  [
    runtime('shop', {
      web: [container({ name: 'shop-web-1', health: 'healthy' })],
      db: [container({ name: 'shop-db-1', state: 'exited', exitCode: 3 })],
      stray: [container({ name: 'shop-stray-1', health: 'unhealthy' })],
    }),
  ],
);
if (shop === undefined || blog === undefined) throw new Error('There are two stacks.');

describe('the order of the tree', () => {
  const names = (order: TreeOrder, favourite = '') =>
    orderedServices(shop, order, (name) => name === favourite).map(({ name }) => name);

  it('is that of the files, with what they do not have at the end', () => {
    expect(names('file')).toEqual(['web', 'db', 'api', 'stray']);
  });

  it('is by name, or with what needs somebody first', () => {
    expect(names('name')).toEqual(['api', 'db', 'stray', 'web']);
    expect(names('state')).toEqual(['db', 'stray', 'web', 'api']);
  });

  it('has favourites first', () => {
    expect(names('file', 'api')).toEqual(['api', 'web', 'db', 'stray']);
    expect(names('state', 'web')).toEqual(['web', 'db', 'stray', 'api']);
  });

  it('is of projects too', () => {
    const of = (order: TreeOrder, favourite = '') =>
      orderedStacks([shop, blog], order, ({ name }) => name === favourite).map(({ name }) => name);
    expect(of('file')).toEqual(['shop', 'blog']);
    expect(of('name')).toEqual(['blog', 'shop']);
    expect(of('file', 'blog')).toEqual(['blog', 'shop']);
  });
});

describe('the filter of the tree', () => {
  const wanted = (text: string) => {
    const filter = parseFilter(text);
    return filter === undefined
      ? 'all'
      : [shop, blog]
          .flatMap((stack) => wantedServices(filter, stack, english).map(({ name }) => name))
          .sort();
  };

  it.each([
    ['', 'all'],
    ['  ', 'all'],
    ['is: project:', 'all'],
    ['we', ['web']],
    ['WE', ['web']],
    ['blog', ['page']],
    ['shop db', ['db']],
    ['project:shop', ['api', 'db', 'stray', 'web']],
    ['project:shop is:healthy', ['web']],
    ['is:unhealthy', ['stray']],
    ['is:problem', ['db', 'stray']],
    ['is:running', ['stray', 'web']],
    ['is:stopped', ['db']],
    ['is:exited', ['db']],
    ['is:not-created', ['api', 'page']],
    ['is:absent a', ['api', 'page']],
    ['nothing', []],
  ])('%s', (text, expected) => {
    expect(wanted(text)).toEqual(expected);
  });

  it('keeps a project without services by its name', () => {
    const [empty] = joined([declared('empty', [])], []);
    const keeps = (text: string) => {
      const filter = parseFilter(text);
      return filter !== undefined && empty !== undefined && isWanted(filter, empty, english);
    };
    expect(keeps('emp')).toBe(true);
    expect(keeps('project:emp')).toBe(true);
    expect(keeps('other')).toBe(false);
    expect(keeps('is:running')).toBe(false);
  });
});
