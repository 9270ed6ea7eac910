import { describe, expect, it } from 'vitest';
import { LogPosition } from '#engine/logs/log-position.ts';

const at = (second: number) => ({ time: `2030-01-01T00:00:0${second}.000000000Z` });

describe('how far a log has been read', () => {
  it('is the latest line, not the last: the two outputs stand a little out of order', () => {
    const position = new LogPosition();
    for (const line of [at(1), at(3), at(2)]) expect(position.isNew(line)).toBe(true);
    expect(position.resume()).toBe('1893456003.000000000');
    // The engine gives what is not before that moment, in its own order.
    expect([at(3), at(5), at(4)].map((line) => position.isNew(line))).toEqual([false, true, true]);
  });

  it('counts the lines of one moment', () => {
    const position = new LogPosition();
    for (const line of [at(1), at(1)]) position.note(line);
    position.resume();
    expect([at(1), at(1), at(1), at(2)].map((line) => position.isNew(line))).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });

  it('refuses what an engine gives from before', () => {
    const position = new LogPosition();
    position.note(at(4));
    position.resume();
    expect([at(2), at(4), at(6)].map((line) => position.isNew(line))).toEqual([false, false, true]);
  });

  it('lets lines without a time pass', () => {
    const position = new LogPosition();
    position.note(at(1));
    position.resume();
    expect(position.isNew({ time: undefined })).toBe(true);
  });
});
