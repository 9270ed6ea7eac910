import { describe, expect, it } from 'vitest';
import type { Service } from '#compose/model/project.ts';
import { pendingPulls } from '#engine/operations/pull.ts';
import { causeMessage } from '#engine/plan/plan-words.ts';
import { formatMessage } from '#engine/api/message.ts';
import { image, load } from '../world.ts';

const now = Date.parse('2026-01-10T00:00:00Z');
const twoDaysOld = image({ lastTagTime: '2026-01-08T00:00:00Z' });

describe('which images are pulled, and why', () => {
  it.each<readonly [string, Partial<Service>, ReturnType<typeof image> | undefined, string | undefined]>([
    ['missing', {}, undefined, 'it is not on the engine'],
    ['there', {}, twoDaysOld, undefined],
    ['always', { pull_policy: 'always' }, twoDaysOld, 'its pull policy is always'],
    ['never', { pull_policy: 'never' }, undefined, undefined],
    [
      'of another platform',
      { platform: 'linux/arm64' },
      twoDaysOld,
      'the one on the engine is for linux/amd64',
    ],
    ['older than a day', { pull_policy: 'daily' }, twoDaysOld, 'its pull policy is daily'],
    ['younger than a week', { pull_policy: 'weekly' }, twoDaysOld, undefined],
    ['older than a span', { pull_policy: 'every_1d12h' }, twoDaysOld, 'its pull policy is every_1d12h'],
    ['younger than a span', { pull_policy: 'every_3d' }, twoDaysOld, undefined],
    [
      'never tagged here',
      { pull_policy: 'weekly' },
      image({ lastTagTime: '0001-01-01T00:00:00Z' }),
      'its pull policy is weekly',
    ],
    ['to be built', { pull_policy: 'build', build: { context: '.' } }, undefined, undefined],
  ])('%s', (_name, service, there, cause) => {
    const { services } = load({ services: { web: service } }).project;
    const images = there === undefined ? {} : { busybox: there };
    const found = pendingPulls('app', services, images, undefined, now)[0]?.cause;
    expect(found && formatMessage(causeMessage(found))).toBe(cause);
  });

  it('counts the images of hooks', () => {
    const hooked = load({ services: { web: { pre_start: [{ command: ['x'], image: 'tools:1' }] } } });
    expect(pendingPulls('app', hooked.project.services, { busybox: twoDaysOld }, undefined, now)).toEqual([
      { reference: 'tools:1', cause: { kind: 'not-on-engine' } },
    ]);
  });

  it('is decided once for services that share one, and by the command before the file', () => {
    const { services } = load({ services: { a: { pull_policy: 'never' }, b: {} } }).project;
    expect(pendingPulls('app', services, {}, 'missing', now)).toEqual([
      { reference: 'busybox', cause: { kind: 'not-on-engine' } },
    ]);
  });
});
