import { describe, expect, it } from 'vitest';
import { LineSelection } from '../../../client/webview/logs/line-filter.ts';
import { LineStore } from '../../../client/webview/logs/line-store.ts';
import { linesJson } from '../../../client/webview/logs/line-text.ts';
import { nextError } from '../../../client/webview/logs/next-error.ts';

const texts = [
  'info started',
  'ERROR first',
  '    at here',
  '    at there',
  'info goes on',
  '\u001b[31mERROR\u001b[0m second',
  'ERROR third',
];
const store = new LineStore();
store.append({
  sequence: 0,
  sources: [{ container: 'c', project: 'shop', name: 'web-1', service: 'web', stream: 'stderr' }],
  runs: [0, texts.length],
  texts: `${texts.join('\n')}\n`,
  times: `2026-01-02T03:04:05.678Z\n${'\n'.repeat(texts.length - 1)}`,
});
const all = new LineSelection(store);

describe('the next error', () => {
  it('is the first line of each, and begins anew at the end', () => {
    expect(nextError(store, all, undefined, 1)).toBe(1);
    expect(nextError(store, all, 1, 1)).toBe(5);
    expect(nextError(store, all, 3, 1)).toBe(5);
    expect(nextError(store, all, 5, 1)).toBe(6);
    expect(nextError(store, all, 6, 1)).toBe(1);
  });

  it('is looked for backwards too', () => {
    expect(nextError(store, all, undefined, -1)).toBe(6);
    expect(nextError(store, all, 5, -1)).toBe(1);
    expect(nextError(store, all, 1, -1)).toBe(6);
  });

  it('is one of those that are displayed', () => {
    const some = new LineSelection(store, (line) => line !== 5);
    some.work();
    expect(nextError(store, some, 1, 1)).toBe(6);
    expect(nextError(store, some, 5, 1)).toBe(6);
    const none = new LineSelection(store, (line) => line === 0);
    none.work();
    expect(nextError(store, none, undefined, 1)).toBeUndefined();
    expect(nextError(new LineStore(), new LineSelection(new LineStore()), undefined, 1)).toBeUndefined();
  });
});

it('lines are data, without colours', () => {
  const [first, second] = linesJson(store, [0, 5]).split('\n');
  expect(JSON.parse(first ?? '')).toEqual({
    time: '2026-01-02T03:04:05.678Z',
    project: 'shop',
    service: 'web',
    container: 'web-1',
    stream: 'stderr',
    message: 'info started',
  });
  expect(JSON.parse(second ?? '')).toMatchObject({ message: 'ERROR second' });
  expect(JSON.parse(second ?? '')).not.toHaveProperty('time');
});
