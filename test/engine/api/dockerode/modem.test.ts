import { describe, expect, it } from 'vitest';
import { patienceFor } from '#engine/api/dockerode/modem.ts';

describe('how long a living engine may leave a call without an answer', () => {
  it.each([
    ['POST', '/containers/abc/pause', 10_000],
    ['POST', '/containers/abc/rename?', 10_000],
    ['POST', '/containers/abc/exec', 10_000],
    ['POST', '/exec/abc/resize?', 10_000],
    ['POST', '/volumes/create', 10_000],
    ['POST', '/images/registry.test/a/b/tag?', 10_000],
    ['POST', '/containers/create?', 30_000],
    ['POST', '/containers/abc/start?', 30_000],
    ['POST', '/containers/abc/kill?', 30_000],
    ['POST', '/networks/create', 30_000],
    ['POST', '/networks/abc/connect', 30_000],
    ['POST', '/networks/abc/disconnect', 30_000],
    ['DELETE', '/containers/abc?', 30_000],
    ['DELETE', '/networks/abc', 30_000],
    ['DELETE', '/volumes/abc', 30_000],
    // These take as long as they take.
    ['POST', '/containers/abc/stop?', undefined],
    ['POST', '/containers/abc/restart?', undefined],
    ['POST', '/containers/abc/wait?', undefined],
    ['PUT', '/containers/abc/archive?', undefined],
    ['POST', '/commit?', undefined],
    ['POST', '/build?', undefined],
    ['POST', '/images/create?', undefined],
    ['POST', '/images/a/push?', undefined],
    ['DELETE', '/images/a?', undefined],
    ['POST', '/volumes/prune?', undefined],
    ['POST', '/containers/prune?', undefined],
    ['GET', '/containers/json?', undefined],
  ])('%s %s', (method, path, expected) => {
    expect(patienceFor(method, path)).toBe(expected);
  });
});
