import { describe, expect, it } from 'vitest';
import { formatPorts } from '#cli/frame/format-ports.ts';
import { timeAgo } from '#cli/frame/time-ago.ts';
import { parseScales } from '#cli/commands/up-options.ts';

const port = (targetPort: number, publishedPort = 0, url = '', protocol = 'tcp') => ({
  url,
  targetPort,
  publishedPort,
  protocol,
});

describe('ports as docker ps shows them', () => {
  it.each([
    [[port(80)], '80/tcp'],
    [[port(80, 8080, '0.0.0.0'), port(80, 8080, '::')], '0.0.0.0:8080->80/tcp, [::]:8080->80/tcp'],
    [[port(4002), port(4000), port(4001), port(53, 0, '', 'udp')], '53/udp, 4000-4002/tcp'],
    [
      [port(90, 9000, '127.0.0.1'), port(91, 9001, '127.0.0.1')],
      '127.0.0.1:9000->90/tcp, 127.0.0.1:9001->91/tcp',
    ],
    [[port(90, 90, '127.0.0.1'), port(91, 91, '127.0.0.1')], '127.0.0.1:90-91->90-91/tcp'],
    [[port(443), port(80, 8080, '0.0.0.0')], '443/tcp, 0.0.0.0:8080->80/tcp'],
    [[], ''],
  ])('%j', (publishers, expected) => {
    expect(formatPorts(publishers)).toBe(expected);
  });
});

describe('spans of time in words', () => {
  const minute = 60_000;
  const hour = 60 * minute;
  it.each([
    [999, 'Less than a second'],
    [1000, '1 second'],
    [59_999, '59 seconds'],
    [minute, 'About a minute'],
    [2 * minute, '2 minutes'],
    [hour, 'About an hour'],
    [47 * hour, '47 hours'],
    [48 * hour, '2 days'],
    [24 * 14 * hour, '2 weeks'],
    [24 * 60 * hour, '2 months'],
    [24 * 365 * 2 * hour, '2 years'],
  ])('%i ms', (span, expected) => {
    expect(timeAgo(span)).toBe(expected);
  });
});

it('reads replica counts, and refuses what is none', () => {
  const complaint = (entry: string) => `wrong: ${entry}`;
  expect(parseScales(['web=3', 'db=0'], complaint)).toEqual({ web: 3, db: 0 });
  for (const entry of ['web', 'web=', '=3', 'web=x', 'web=-1']) {
    expect(() => parseScales([entry], complaint)).toThrow(`wrong: ${entry}`);
  }
});
