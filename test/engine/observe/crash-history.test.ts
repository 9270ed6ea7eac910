import { describe, expect, it } from 'vitest';
import type { EngineEvent } from '#engine/api/engine-objects.ts';
import {
  afterEvent,
  calm,
  calmAt,
  endedByItself,
  isLooping,
  type Past,
} from '#engine/observe/crash-history.ts';

/** The past of a container after these events, each so many ms after the one before. */
function pastOf(...events: readonly (readonly [action: string, after: number, exitCode?: number])[]) {
  let now = 0;
  let past: Past | undefined;
  for (const [action, after, exitCode] of events) {
    now += after;
    const attributes = exitCode === undefined ? {} : { exitCode: String(exitCode) };
    const event: EngineEvent = { type: 'container', action, id: 'c', attributes, time: now };
    past = afterEvent(past, event, now);
  }
  if (past === undefined) throw new Error('Nothing is remembered.');
  return { past, now };
}

const crashesTwice = [
  ['start', 0],
  ['die', 100, 3],
  ['start', 100],
  ['die', 100, 3],
] as const;

describe('a loop', () => {
  it('is two crashes in a row, and not the first', () => {
    const first = pastOf(['start', 0], ['die', 100, 3], ['start', 100]);
    expect(isLooping(first.past, first.now)).toBe(false);
    const second = pastOf(...crashesTwice);
    expect(isLooping(second.past, second.now)).toBe(true);
  });

  it('lasts while it runs, until it has run for half a minute', () => {
    const { past, now } = pastOf(...crashesTwice, ['start', 100]);
    expect(isLooping(past, now + calm - 1)).toBe(true);
    expect(isLooping(past, now + calm)).toBe(false);
    expect(calmAt(past)).toBe(now + calm);
  });

  it('begins anew after that', () => {
    const { past } = pastOf(...crashesTwice, ['start', 100], ['die', calm, 3]);
    expect(past.crashes).toBe(1);
  });

  it('is none of what was told to stop', () => {
    const { past, now } = pastOf(...crashesTwice, ['stop', 1], ['start', 10]);
    expect(isLooping(past, now)).toBe(false);
  });

  it('is none of it whichever the engine tells first, the end or that it was asked for', () => {
    const { past } = pastOf(['start', 0], ['stop', 100], ['die', 1, 0]);
    expect(past.crashes).toBe(0);
    expect(endedByItself(past)).toBe(false);
  });

  it('is forgotten with the container', () => {
    const event: EngineEvent = { type: 'container', action: 'destroy', id: 'c', attributes: {}, time: 0 };
    expect(afterEvent(pastOf(...crashesTwice).past, event, 0)).toBeUndefined();
  });
});

describe('a good end', () => {
  it('is its own when nobody asked for it', () => {
    expect(endedByItself(pastOf(['start', 0], ['die', 100, 0]).past)).toBe(true);
    expect(endedByItself(pastOf(['start', 0], ['die', 100, 0], ['stop', 5]).past)).toBe(false);
    expect(endedByItself(pastOf(['start', 0], ['die', 100, 1]).past)).toBe(false);
    expect(endedByItself(pastOf(['start', 0]).past)).toBe(false);
  });
});
