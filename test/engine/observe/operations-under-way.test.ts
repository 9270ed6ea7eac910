import { describe, expect, it } from 'vitest';
import { EngineError } from '#engine/api/engine-error.ts';
import { type Ending, OperationsUnderWay } from '#engine/observe/operations-under-way.ts';

const shop = { project: 'shop' };
const shopElsewhere = { project: 'shop', engine: 'server' };
const down = { ...shop, stops: true, doing: 'removing' } as const;
const up = { ...shop, stops: false, doing: 'starting' } as const;

describe('what ends on purpose', () => {
  it('is a container of a project that is being stopped', () => {
    const operations = new OperationsUnderWay();
    expect(operations.isStopping(shop)).toBe(false);
    operations.begin(down);
    expect(operations.isStopping(shop)).toBe(true);
  });

  it('is none of a project of the same name on another engine', () => {
    const operations = new OperationsUnderWay();
    operations.begin(down);
    expect(operations.isStopping(shopElsewhere)).toBe(false);
    operations.begin({ ...shopElsewhere, stops: true });
    expect(operations.isStopping({ project: 'shop', engine: 'another' })).toBe(false);
  });

  it('is also what the engine reports a moment after the operation is over', () => {
    let now = 100_000;
    const operations = new OperationsUnderWay(() => now);
    operations.begin(down).end();
    now += 2999;
    expect(operations.isStopping(shop)).toBe(true);
    now += 1;
    expect(operations.isStopping(shop)).toBe(false);
  });

  it('stays so while an Up joins a Down, and not when the Up comes after it', () => {
    const operations = new OperationsUnderWay(() => 0);
    const joined = operations.begin(down);
    const second = operations.begin(up);
    joined.end();
    expect(operations.isStopping(shop)).toBe(true);
    second.end();
    operations.begin(up);
    expect(operations.isStopping(shop)).toBe(false);
  });
});

describe('how operations end', () => {
  const failure = new EngineError('port-in-use', 'Port 80 is in use.');

  it('is counted by engine and project', () => {
    const operations = new OperationsUnderWay();
    operations.begin(up).end({ error: failure });
    operations.begin(up).end();
    expect(operations.failuresOf(shop)).toBe(1);
    expect(operations.failuresOf(shopElsewhere)).toBe(0);
  });

  it('is told, with the engine, until nobody listens any more', () => {
    const operations = new OperationsUnderWay();
    const told: Ending[] = [];
    const stop = operations.onEnd((ending) => told.push(ending));
    operations.begin({ ...shopElsewhere, stops: false }).end({ error: failure });
    stop();
    operations.begin(up).end({ error: failure });
    expect(told).toEqual([{ ...shopElsewhere, error: failure }]);
  });
});

describe('what is under way', () => {
  it('is listed in the order it was asked for, also the same thing asked for twice', () => {
    const operations = new OperationsUnderWay();
    const endFirst = operations.begin(up);
    operations.begin(up);
    operations.begin(down);
    endFirst.end();
    expect(operations.underWay(shop).map(({ doing }) => doing)).toEqual(['starting', 'removing']);
    expect(operations.underWay(shopElsewhere)).toEqual([]);
  });

  it('is awaited to its last end, on that engine only', async () => {
    const operations = new OperationsUnderWay();
    const ends = [operations.begin(up), operations.begin(down)];
    let isSettled = false;
    const settled = operations.settled(shop).then(() => {
      isSettled = true;
    });
    await operations.settled(shopElsewhere);
    ends[0]?.end();
    await Promise.resolve();
    expect(isSettled).toBe(false);
    ends[1]?.end();
    await settled;
    await operations.settled(shop);
    expect(operations.underWay(shop)).toEqual([]);
  });
});
