import { describe, expect, test } from 'vitest';
import { formatPhrase } from '#compose/problem/format-phrase.ts';
import { type ParsedPorts, parsePorts } from '#compose/values/port.ts';

/** `ip:published:target/protocol` for each port. */
function shown(parsed: ParsedPorts): readonly string[] {
  if (parsed.kind === 'error') return [`error: ${formatPhrase(parsed.message)}`];
  return parsed.ports.map(
    ({ host_ip, published, target, protocol }) =>
      `${host_ip ?? '*'} ${published ?? 'any'} -> ${target}/${protocol}`,
  );
}

describe('ports', () => {
  test.each([
    ['80', ['* any -> 80/tcp']],
    ['8080:80', ['* 8080 -> 80/tcp']],
    ['53:53/UDP', ['* 53 -> 53/udp']],
    ['9:9/sctp', ['* 9 -> 9/sctp']],
    ['65535', ['* any -> 65535/tcp']],
    ['80/', ['* any -> 80/tcp']],
    ['127.0.0.1:8080:80', ['127.0.0.1 8080 -> 80/tcp']],
    ['127.0.0.1::80', ['127.0.0.1 any -> 80/tcp']],
    ['[::1]:8080:80', ['::1 8080 -> 80/tcp']],
    [':80', ['* any -> 80/tcp']],
    ['8000-8002:80', ['* 8000-8002 -> 80/tcp']],
    ['8000-8000:80', ['* 8000 -> 80/tcp']],
    ['8000-8001:80-81', ['* 8000 -> 80/tcp', '* 8001 -> 81/tcp']],
    // In the order of texts.
    ['9-11', ['* any -> 10/tcp', '* any -> 11/tcp', '* any -> 9/tcp']],
    ['0:65535', ['* 0 -> 65535/tcp']],
  ])('%s', (text, expected) => {
    expect(shown(parsePorts(text))).toEqual(expected);
  });

  test.each([
    ['', ''],
    ['8080:', '8080:'],
    ['8080:/tcp', '8080:/tcp'],
    ['8080:80/http', 'http'],
    ['8080:80/tcp/udp', 'tcp/udp'],
    ['70000', '70000'],
    ['65536', '65536'],
    ['65536:80', '65536'],
    ['8000-65536:80', '8000-65536'],
    ['8000-8002:80-81/sctp', '8000-8002:80-81'],
    ['8080:x', 'x'],
    ['x:80', 'x'],
    ['+80:80', '+80'],
    ['1.2.3.256:8080:80', '1.2.3.256'],
    ['::1:8080:80', '::1'],
    ['[::1:8080:80', '[::1'],
    ['90-80', '90-80'],
    ['1-2-3', '1-2-3'],
    ['8000-8002:80-81', '8000-8002:80-81'],
  ])('%s is refused at the part that is wrong', (text, wrong) => {
    const parsed = parsePorts(text);
    if (parsed.kind !== 'error') throw new Error(`${text} was read`);
    expect(text.slice(parsed.start, parsed.end)).toBe(wrong);
  });
});
