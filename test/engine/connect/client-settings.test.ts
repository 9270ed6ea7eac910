import { describe, expect, it } from 'vitest';
import { withDefaultPlatform } from '#engine/project/platforms.ts';
import { proxyVariables } from '#engine/connect/proxies.ts';
import { load } from '../world.ts';

describe('proxies of the CLI’s configuration', () => {
  const proxies = {
    default: { httpProxy: 'http://p:1', noProxy: 'localhost', unknown: 'x' },
    'tcp://far:2376': { allProxy: 'socks5://q' },
  };

  it('are variables in both cases of letters', () => {
    expect(proxyVariables({ proxies }, 'unix:///var/run/docker.sock')).toEqual({
      HTTP_PROXY: 'http://p:1',
      http_proxy: 'http://p:1',
      NO_PROXY: 'localhost',
      no_proxy: 'localhost',
    });
  });

  it('of one engine go before those of all', () => {
    expect(proxyVariables({ proxies }, 'tcp://far:2376')).toEqual({
      ALL_PROXY: 'socks5://q',
      all_proxy: 'socks5://q',
    });
    expect(proxyVariables({}, 'tcp://far:2376')).toEqual({});
  });
});

describe('DOCKER_DEFAULT_PLATFORM', () => {
  const { project } = load({
    services: {
      built: { build: { context: '/c' } },
      chosen: { build: { context: '/c' }, platform: 'linux/s390x' },
      pulled: {},
    },
  });
  const platforms = (value: string) =>
    Object.values(withDefaultPlatform(project, { DOCKER_DEFAULT_PLATFORM: value }).services).map(
      ({ platform }) => platform,
    );

  it('is for services that build and do not say', () => {
    expect(platforms('linux/arm64')).toEqual(['linux/arm64', 'linux/s390x', undefined]);
    expect(platforms('')).toEqual([undefined, 'linux/s390x', undefined]);
  });

  it('must be one of the platforms that a build has', () => {
    const build = { context: '/c', platforms: ['linux/amd64'] };
    const { project: other } = load({ services: { a: { build } } });
    expect(() => withDefaultPlatform(other, { DOCKER_DEFAULT_PLATFORM: 'linux/arm64' })).toThrow(
      'service "a" build.platforms does not support value set by DOCKER_DEFAULT_PLATFORM: linux/arm64',
    );
    expect(withDefaultPlatform(other, { DOCKER_DEFAULT_PLATFORM: 'linux/amd64' }).services.a?.platform).toBe(
      'linux/amd64',
    );
  });
});
