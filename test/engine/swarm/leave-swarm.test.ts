import { expect, it } from 'vitest';
import { EngineError } from '#engine/api/engine-error.ts';
import { leaveSwarm } from '#engine/swarm/leave-swarm.ts';

const signal = new AbortController().signal;
const answering = (...answers: readonly (string | undefined)[]) => {
  let calls = 0;
  return {
    calls: () => calls,
    async leaveSwarm() {
      const answer = answers[calls++];
      if (answer !== undefined) throw new EngineError('engine', answer);
    },
  };
};

it('asks again when the engine has run out of time', async () => {
  for (const then of [undefined, 'This node is not part of a swarm']) {
    const engine = answering('context deadline exceeded', then);
    await leaveSwarm(engine, { force: true }, signal);
    expect(engine.calls()).toBe(2);
  }
});

it('gives up on other answers at once, and on that one in the end', async () => {
  const other = answering('this node is not part of a swarm');
  await expect(leaveSwarm(other, { force: true }, signal)).rejects.toThrow('not part of a swarm');
  expect(other.calls()).toBe(1);
  const late = answering(...Array.from({ length: 5 }, () => 'context deadline exceeded'));
  await expect(leaveSwarm(late, { force: true }, signal)).rejects.toThrow('deadline');
  expect(late.calls()).toBe(3);
});
