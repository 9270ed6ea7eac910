import { describe, expect, it } from 'vitest';
import { formatMessage } from '#engine/api/message.ts';
import type { EngineEvent } from '#engine/api/engine-objects.ts';
import { changesSince } from '#engine/failure/changes.ts';
import { lastWorked, type Worked } from '#engine/failure/last-working.ts';

const second = 1000;
const minute = 60 * second;

function event(
  action: string,
  id: string,
  time: number,
  more: Readonly<Record<string, string>> = {},
): EngineEvent {
  const attributes = {
    name: `shop-web-${id}`,
    image: 'web:1',
    'com.docker.compose.image': 'sha256:aaaaaaaaaaaaaaaa',
    'com.docker.compose.config-hash': 'one',
    ...more,
  };
  return { type: 'container', action, id, time, attributes };
}

const worked: Worked = {
  id: 'a',
  how: 'healthy',
  at: 0,
  container: 'shop-web-1',
  image: 'web:1',
  imageDigest: 'sha256:aaaaaaaaaaaaaaaa',
  configHash: 'one',
  environment: { HOST: 'db', PASSWORD: 'old-canary', SAME: 'x' },
};

const text = (now: Partial<Worked>, before = worked) =>
  changesSince(before, { ...worked, id: 'b', ...now }).map((each) => formatMessage(each));

describe('when a service last worked', () => {
  it.each([
    [
      'healthy once',
      [event('start', '1', 0), event('health_status: healthy', '1', second)],
      ['healthy', second],
    ],
    [
      'ended at once, with and without failing',
      [
        event('start', '1', 0),
        event('die', '1', second, { exitCode: '1' }),
        event('die', '2', 2, { exitCode: '0' }),
      ],
      ['ran', 2],
    ],
    [
      'ran for a minute',
      [event('start', '1', 0), event('die', '1', minute, { exitCode: '1' })],
      ['ran', minute],
    ],
    ['runs for a minute', [event('start', '1', 0)], ['ran', 2 * minute]],
    [
      'ran long but was never healthy',
      [
        event('start', '1', 0),
        event('health_status: unhealthy', '1', 5),
        event('die', '1', minute, { exitCode: '1' }),
      ],
      [undefined, undefined],
    ],
    [
      'fails again and again',
      [event('start', '1', 0), event('die', '1', second, { exitCode: '1' })],
      [undefined, undefined],
    ],
    ['nothing is known', [], [undefined, undefined]],
  ])('%s', (_, events, expected) => {
    const found = lastWorked(events, 2 * minute);
    expect([found?.how, found?.at]).toEqual(expected);
  });
});

describe('what changed since', () => {
  it('says image, configuration, and names of variables, and no value', () => {
    const changed = text({
      imageDigest: 'sha256:bbbbbbbbbbbbbbbb',
      configHash: 'two',
      environment: { HOST: 'bd', PASSWORD: 'new-canary', SAME: 'x', ADDED: 'y' },
    });
    expect(changed).toEqual([
      'shop-web-1 was healthy at 1970-01-01T00:00:00.000Z.',
      'Image: web:1 has other content, aaaaaaaaaaaa then, bbbbbbbbbbbb now.',
      'Environment: ADDED, HOST, PASSWORD differ.',
      "Configuration: the service's settings in the Compose files, or variables that they use, have changed.",
    ]);
    expect(changed.join()).not.toContain('canary');
    expect(text({ image: 'web:2' })[1]).toBe('Image: web:1 then, web:2 now.');
    expect(text({ configHash: 'two' })[1]).toContain('other than its environment');
  });

  it('lists no more names than a person reads', () => {
    const environment = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`V${at}`, 'x']));
    expect(text({ environment: { ...worked.environment, ...environment } })[1]).toMatch(/V17, … differ\.$/);
  });

  it('says that nothing did, and only where that is known', () => {
    expect(text({})[1]).toContain('are the same as then');
    expect(text({ id: 'a' })[1]).toContain('are the same as then');
    const { imageDigest: _, ...less } = worked;
    expect(text({}, { ...less, imageDigest: undefined })[1]).toContain('is not known in full');
  });
});
