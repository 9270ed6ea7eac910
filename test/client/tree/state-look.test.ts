import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { State } from '#engine/observe/states.ts';
import { stateLooks } from '../../../client/src/tree/state-look.ts';
import { clockTime, stateText } from '../../../client/src/tree/state-words.ts';
import { english } from '../translate.ts';

const page = readFileSync('docs/states.md', 'utf8');

describe('states', () => {
  it.each(Object.entries(stateLooks))(
    '%s has its icon and its word on the page',
    (state, { icon, glyph }) => {
      expect(page).toContain(`\`${icon.replace('~spin', '')}\` ${glyph}`);
      const loop = { restarts: 7, exitCode: 3, lastLine: undefined };
      const exitCode = state === 'failed' ? 1 : 0;
      const words = stateText(
        { state: state as State, exitCode, loop: state === 'crash-loop' ? loop : undefined },
        english,
      );
      expect(page.toLowerCase()).toContain(
        words === 'recreating' || words === 'pausing' || words === 'stopping' || words === 'being removed'
          ? words
          : `*${words}`,
      );
    },
  );
});

it('a time of another day says which', () => {
  const at = new Date(2026, 10, 30, 12, 3).getTime();
  expect(clockTime(at, at)).toBe('12:03');
  expect(clockTime(at, at + 86_400_000)).toBe('2026-11-30 12:03');
});
