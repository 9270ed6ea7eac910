import { describe, expect, it } from 'vitest';
import { pinnedOf, taggedImage, withPinned } from '#engine/swarm/pin-images.ts';

describe('the name of an image', () => {
  it.each([
    ['busybox', 'busybox:latest'],
    ['busybox:1.36', 'busybox:1.36'],
    ['docker.io/library/busybox', 'busybox:latest'],
    ['index.docker.io/me/app:2', 'me/app:2'],
    ['library/busybox', 'busybox:latest'],
    ['localhost:5000/app', 'localhost:5000/app:latest'],
    [`busybox@sha256:${'1'.repeat(64)}`, `busybox@sha256:${'1'.repeat(64)}`],
    ['not/Well/formed', 'not/Well/formed'],
    ['1'.repeat(64), '1'.repeat(64)],
  ])('%s is sent as %s', (name, sent) => {
    expect(taggedImage(name)).toBe(sent);
  });
});

it('an image takes its platforms along, and those of the one before go', () => {
  const spec = {
    Name: 'web',
    TaskTemplate: {
      ContainerSpec: { Image: 'old', User: '1' },
      Placement: { Constraints: ['a==b'], Platforms: [{ Architecture: 'arm64', OS: 'linux' }] },
    },
  };
  expect(pinnedOf(spec)).toEqual({ image: 'old', platforms: [{ Architecture: 'arm64', OS: 'linux' }] });
  expect(withPinned(spec, { image: 'new' }).TaskTemplate).toEqual({
    ContainerSpec: { Image: 'new', User: '1' },
    Placement: { Constraints: ['a==b'] },
  });
  const platforms = [{ Architecture: 'amd64', OS: 'linux' }];
  expect(withPinned(spec, { image: 'new', platforms }).TaskTemplate.Placement).toEqual({
    Constraints: ['a==b'],
    Platforms: platforms,
  });
});
