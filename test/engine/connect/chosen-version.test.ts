import { expect, it } from 'vitest';
import { withChosenVersion } from '#engine/connect/chosen-version.ts';
import { engine28 } from '../world.ts';

const chosen = (version: string | undefined) => withChosenVersion(engine28, version, 41);

it('an engine is spoken to with the version of DOCKER_API_VERSION, else with its own', () => {
  expect(chosen(undefined)).toBe(engine28);
  expect(chosen('')).toBe(engine28);
  expect(chosen('1.44')).toEqual({ ...engine28, apiVersion: '1.44' });
  expect(chosen('v1.51').apiVersion).toBe('1.51');
});

it.each([
  ['bogus', "DOCKER_API_VERSION is bogus, which isn't a version of the API."],
  ['1.10', 'client version 1.10 is too old. Minimum supported API version is 1.41'],
  ['1.52', 'client version 1.52 is too new. Maximum supported API version is 1.51'],
  ['9.99', 'client version 9.99 is too new. Maximum supported API version is 1.51'],
])('and not with %s', (version, message) => {
  expect(() => chosen(version)).toThrow(message);
});
