import { describe, expect, it } from 'vitest';
import { formatEndpoint, parseHost } from '#engine/api/transport/endpoint.ts';
import { sshArguments } from '#engine/api/transport/ssh-connection.ts';

describe('hosts', () => {
  it.each([
    ['unix:///var/run/docker.sock', 'unix:///var/run/docker.sock'],
    ['unix://', 'unix:///var/run/docker.sock'],
    ['npipe:////./pipe/docker_engine', 'npipe:////./pipe/docker_engine'],
    ['npipe://', 'npipe:////./pipe/docker_engine'],
    ['tcp://example.org', 'tcp://example.org:2375'],
    ['tcp://example.org:80', 'tcp://example.org:80'],
    ['example.org:2375', 'tcp://example.org:2375'],
    ['https://example.org', 'tcp://example.org:2376'],
    ['tcp://[::1]:2375', 'tcp://[::1]:2375'],
    ['ssh://me@example.org', 'ssh://me@example.org'],
    ['ssh://example.org:2222/run/docker.sock', 'ssh://example.org:2222/run/docker.sock'],
  ])('%s', (host, expected) => {
    const { endpoint } = parseHost(host);
    expect(endpoint && formatEndpoint(endpoint)).toBe(expected);
  });

  it.each([
    ['fd://3', '"fd://" is not a way'],
    ['tcp://', 'tcp://host:port'],
    ['ssh://me:secret@example.org', 'holds a password'],
    ['ssh://-oProxyCommand=evil', 'may not start with "-"'],
    ['ssh://example.org/run/x;reboot', 'letters, digits'],
    ['ssh://%zz@h', 'two hexadecimal digits'],
    ['ssh://h/%e0', 'two hexadecimal digits'],
    ['ssh://%2Dx@h', 'may not start with "-"'],
  ])('%s is refused', (host, reason) => {
    expect(parseHost(host).reason).toContain(reason);
  });

  it('never shows a password, even in a refusal', () => {
    expect(parseHost('ssh://me:secret@example.org').reason).not.toContain('secret');
  });

  it('asks ssh for what the Docker CLI asks it for', () => {
    const { endpoint } = parseHost('ssh://me@example.org:2222/run/user/1000/docker.sock');
    if (endpoint?.kind !== 'ssh') throw new Error('not ssh');
    expect(sshArguments(endpoint).join(' ')).toBe(
      '-l me -p 2222 -o ConnectTimeout=30 -T -- example.org docker --host unix:///run/user/1000/docker.sock system dial-stdio',
    );
  });
});
