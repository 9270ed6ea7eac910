import { describe, expect, it } from 'vitest';
import type { ContainerDetails } from '#engine/api/engine-objects.ts';
import { attributeChanges } from '#engine/plan/attribute-changes.ts';

function existing(
  config: Readonly<Record<string, unknown>>,
  hostConfig: Readonly<Record<string, unknown>> = {},
): ContainerDetails {
  return { config, hostConfig } as unknown as ContainerDetails;
}

/** `cpus: 1 -> 2`, one line a change. */
function changes(
  wanted: Readonly<Record<string, unknown>>,
  before: ContainerDetails,
  image?: Readonly<Record<string, unknown>>,
): readonly string[] {
  const text = (value: unknown) => (value === undefined ? '' : JSON.stringify(value));
  return attributeChanges(wanted, before, image).map(
    (change) => `${change.attribute}: ${text(change.before)} -> ${text(change.after)}`,
  );
}

describe('what changed, as one would write it in the file', () => {
  it.each([
    ['cpus', { NanoCpus: 5e8 }, { NanoCpus: 1e9 }, ['cpus: 0.5 -> 1']],
    ['bytes', { Memory: 1073741824 }, { Memory: 1610612736 }, ['mem_limit: "1g" -> "1536m"']],
    ['odd bytes', { Memory: 6291457 }, { Memory: 6144 }, ['mem_limit: "6291457b" -> "6k"']],
    ['reserved memory', {}, { MemoryReservation: 67108864 }, ['mem_reservation:  -> "64m"']],
    [
      'ports',
      { PortBindings: { '80/tcp': [{ HostIp: '', HostPort: '8080' }] } },
      {
        PortBindings: {
          '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '8081' }],
          '53/udp': [{ HostIp: '', HostPort: '' }],
          '90/tcp': [{ HostIp: '::1', HostPort: '90' }],
        },
      },
      ['ports: ["8080:80"] -> ["127.0.0.1:8081:80","53/udp","[::1]:90:90"]'],
    ],
    ['binds', { Binds: ['a:/a:rw'] }, { Binds: ['a:/a:ro'] }, ['volumes: ["a:/a"] -> ["a:/a:ro"]']],
    [
      'mounts',
      {},
      {
        Mounts: [
          { Type: 'bind', Source: '/s', Target: '/t', ReadOnly: true, BindOptions: { NonRecursive: true } },
        ],
      },
      [
        'volumes:  -> [{"type":"bind","source":"/s","target":"/t","read_only":true,"bind":{"non_recursive":true}}]',
      ],
    ],
    [
      'tmpfs',
      { Tmpfs: { '/run': '' } },
      { Tmpfs: { '/run': 'size=64m' } },
      ['tmpfs: ["/run"] -> ["/run:size=64m"]'],
    ],
    [
      'limits of a process',
      { Ulimits: [{ Name: 'nofile', Soft: 10, Hard: 10 }] },
      { Ulimits: [{ Name: 'nofile', Soft: 10, Hard: 20 }] },
      ['ulimits: {"nofile":10} -> {"nofile":{"soft":10,"hard":20}}'],
    ],
    [
      'restart',
      { RestartPolicy: { Name: 'no', MaximumRetryCount: 0 } },
      { RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 } },
      ['restart:  -> "on-failure:3"'],
    ],
    [
      'another restart',
      { RestartPolicy: { Name: 'always', MaximumRetryCount: 0 } },
      { RestartPolicy: { Name: 'unless-stopped' } },
      ['restart: "always" -> "unless-stopped"'],
    ],
  ] as const)('%s', (_, before, after, expected) => {
    expect(changes({ HostConfig: after }, existing({}, before))).toEqual(expected);
  });

  it('a grace period', () => {
    expect(changes({ StopTimeout: 90, HostConfig: {} }, existing({ StopTimeout: 10 }))).toEqual([
      'stop_grace_period: "10s" -> "1m30s"',
    ]);
  });

  it('a health check, setting by setting', () => {
    const before = { Healthcheck: { Test: ['CMD', 'ok'], Interval: 30e9, Timeout: 5e8, Retries: 3 } };
    const after = { Healthcheck: { Test: ['CMD', 'ok'], Interval: 60e9, Retries: 3 } };
    expect(changes({ ...after, HostConfig: {} }, existing(before))).toEqual([
      'healthcheck.interval: "30s" -> "1m"',
      'healthcheck.timeout: "500ms" -> ',
    ]);
  });

  it('a health check that is left to the image', () => {
    const image = { Healthcheck: { Test: ['CMD', 'image'], Interval: 10e9 } };
    expect(changes({ HostConfig: {} }, existing(image), image)).toEqual([]);
    const before = { Healthcheck: { Test: ['CMD', 'own'], Interval: 10e9 } };
    expect(changes({ HostConfig: {} }, existing(before), image)).toEqual([
      'healthcheck.test: ["CMD","own"] -> ["CMD","image"]',
    ]);
  });
});
