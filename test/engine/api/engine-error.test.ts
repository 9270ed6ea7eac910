import { expect, it } from 'vitest';
import { EngineError } from '#engine/api/engine-error.ts';
import { say } from '#engine/api/message.ts';

it('mentions what is among its values or in the engine’s words, not what is in its own', () => {
  const own = new EngineError('invalid', say`Port ${'8080/tcp'} is taken: ${say`${'web'} wants it.`}`);
  expect(['8080/tcp', 'web'].map((name) => own.mentions(name))).toEqual([true, true]);
  expect(own.mentions('Port')).toBe(false);
  expect(new EngineError('engine', 'driver failed for app-web-1').mentions('app-web-1')).toBe(true);
});
