import { expect, it } from 'vitest';
import { type CallFacts, callFacts, callsWhere } from '#engine/api/call-facts.ts';

/** Written out, so that a row of the table that is wrong is seen: only these may be made in a dry run. */
const reading =
  /^(?:list|inspect)|^(?:ping|architecture|close|exportContainer|exportImage|getArchive|waitContainer|topContainer|containerStats|credentials|askBuilder|containerLogs|events|getJoinTokens|getServiceLogs)$/;
const moving = ['putArchive', 'pullImage', 'loadImage', 'pushImage', 'buildImage', 'solveBuild'];

it.each<readonly [CallFacts['effect'], (name: string) => boolean]>([
  ['reads', (name) => reading.test(name)],
  ['transfers', (name) => moving.includes(name)],
  ['changes', (name) => !reading.test(name) && !moving.includes(name)],
])('a dry run knows what %s', (effect, isExpected) => {
  const all = callsWhere(() => true);
  expect(all.filter((name) => callFacts[name].effect === effect)).toEqual(all.filter(isExpected));
});
