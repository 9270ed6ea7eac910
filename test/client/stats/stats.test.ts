import { describe, expect, it } from 'vitest';
import { formatFor } from '../../../client/webview/stats/format.ts';
import type { StatsSample } from '../../../client/webview/stats/protocol.ts';
import { filterRows } from '../../../client/webview/stats/row-filter.ts';
import { History, sortRows, toRows } from '../../../client/webview/stats/rows.ts';
import { curve } from '../../../client/webview/stats/spark.ts';

const sample = (name: string, change: Partial<StatsSample> = {}): StatsSample => ({
  id: `id-${name}`,
  stack: 'files:shop',
  project: 'shop',
  service: name.replace(/-\d+$/, ''),
  name,
  state: 'running',
  tone: 'good',
  stateText: 'running',
  cpuPercent: 0,
  memory: 0,
  memoryLimit: 100,
  received: 0,
  sent: 0,
  read: 0,
  written: 0,
  processes: 1,
  ...change,
});
const samples = [
  sample('web-10', { cpuPercent: 5, memory: 10, received: 1, sent: 2 }),
  sample('web-2', { cpuPercent: 20, memory: 30, received: 3 }),
  sample('db-1', { cpuPercent: 12, memory: 70, written: 9 }),
];

describe('the filter', () => {
  const rows = toRows(
    [
      sample('web-1'),
      sample('web-2', { state: 'unhealthy', tone: 'bad', stateText: 'unhealthy' }),
      sample('db-1', { state: 'exiting', tone: 'warning', stateText: 'arrêt en cours' }),
      sample('web-1', { id: 'other', project: 'blog' }),
      sample('job-1', { state: 'paused', tone: 'quiet', stateText: 'paused' }),
    ],
    false,
  );
  const found = (filter: string) => filterRows(rows, filter).map(({ project, name }) => `${project}/${name}`);

  it.each([
    ['', ['shop/web-1', 'shop/web-2', 'shop/db-1', 'blog/web-1', 'shop/job-1']],
    ['WEB', ['shop/web-1', 'shop/web-2', 'blog/web-1']],
    ['blog', ['blog/web-1']],
    ['web project:sho', ['shop/web-1', 'shop/web-2']],
    ['is:unhealthy', ['shop/web-2']],
    ['is:problem', ['shop/web-2', 'shop/db-1']],
    ['is:arrêt-en', ['shop/db-1']],
    ['is:paused', ['shop/job-1']],
    ['is:running web', ['shop/web-1', 'shop/web-2', 'blog/web-1']],
    ['is:problem project:blog', []],
  ])('%j leaves %j', (filter, names) => {
    expect(found(filter)).toEqual(names);
  });
});

describe('the lines of the table', () => {
  it('are containers, or services with what theirs use together', () => {
    expect(toRows(samples, false).map(({ name, container }) => [name, container])).toEqual([
      ['web-10', 'id-web-10'],
      ['web-2', 'id-web-2'],
      ['db-1', 'id-db-1'],
    ]);
    expect(toRows(samples, true)).toMatchObject([
      {
        name: 'web',
        container: undefined,
        cpuPercent: 25,
        memory: 40,
        memoryLimit: 100,
        received: 4,
        sent: 2,
        processes: 2,
      },
      { name: 'db', container: 'id-db-1', cpuPercent: 12 },
    ]);
  });

  it('are in the order of a column, and by name where that does not decide', () => {
    const order = (...[column, descending]: [Parameters<typeof sortRows>[1]['column'], boolean]) =>
      sortRows(toRows(samples, false), { column, descending }).map(({ name }) => name);
    expect(order('name', false)).toEqual(['db-1', 'web-2', 'web-10']);
    expect(order('name', true)).toEqual(['web-10', 'web-2', 'db-1']);
    expect(order('cpu', true)).toEqual(['web-2', 'db-1', 'web-10']);
    expect(order('memory', false)).toEqual(['web-10', 'web-2', 'db-1']);
    expect(order('network', true)).toEqual(['web-2', 'web-10', 'db-1']);
    expect(order('disk', true)).toEqual(['db-1', 'web-2', 'web-10']);
    expect(order('processes', true)).toEqual(['db-1', 'web-2', 'web-10']);
  });
});

describe('the curves', () => {
  it('are those of the last minute, of several containers together', () => {
    const history = new History();
    history.add([sample('web-1', { cpuPercent: 1 })]);
    for (let at = 0; at < 2; at++)
      history.add([sample('web-1', { cpuPercent: 2 }), sample('web-2', { cpuPercent: 10 })]);
    expect(history.of(['id-web-1']).cpu).toEqual([1, 2, 2]);
    expect(history.of(['id-web-1', 'id-web-2']).cpu).toEqual([1, 12, 12]);
    for (let at = 0; at < 100; at++) history.add([sample('web-1', { cpuPercent: at })]);
    expect(history.of(['id-web-1']).cpu).toHaveLength(60);
    expect(history.of(['id-web-1']).cpu.at(-1)).toBe(99);
    expect(history.of(['id-web-2']).cpu).toEqual([]);
  });

  it('end at the right, and reach the top only with what is much', () => {
    const points = curve([0, 10, 20], 10);
    expect(points.at(-1)).toEqual([56, 1]);
    expect(points.map(([, y]) => y)).toEqual([17, 9, 1]);
    expect(curve([1], 10)[0]?.[1]).toBeGreaterThan(15);
    expect(curve([], 10)).toEqual([]);
  });
});

it('numbers have units, as the language has them', () => {
  const { percent, rate, size } = formatFor('en');
  expect([0, 40, 999, 1000, 99_940, 123_456, 12_345_678, 2e12].map(size)).toEqual([
    '0.0 kB',
    '0.0 kB',
    '1.0 kB',
    '1.0 kB',
    '99.9 kB',
    '123 kB',
    '12.3 MB',
    '2.0 TB',
  ]);
  expect(rate(1_234_567)).toBe('1.2 MB/s');
  expect(percent(103.94)).toBe('103.9%');
  const french = formatFor('fr');
  expect(french.size(12_345_678).replaceAll(/\s/g, ' ')).toBe('12,3 Mo');
  expect(french.rate(1200).replaceAll(/\s/g, ' ')).toBe('1,2 ko/s');
});
