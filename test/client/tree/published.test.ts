import { expect, it } from 'vitest';
import { setForwarded } from '../../../client/src/tree/forwarded-ports.ts';
import { publishedPorts, publishedUrls } from '../../../client/src/tree/published.ts';
import { container, port } from '../containers.ts';

const web = container({
  name: 'web',
  ports: [
    port(8443, 443),
    port(8080, 80),
    port(8080, 80, '::'),
    port(9000, 9000, '127.0.0.1'),
    { hostIp: '', hostPort: undefined, containerPort: 81, protocol: 'tcp' },
    { hostIp: '0.0.0.0', hostPort: 53, containerPort: 53, protocol: 'udp' },
  ],
});

it('lists each published port once', () => {
  expect(publishedPorts([web, web])).toEqual([53, 8080, 8443, 9000]);
});

it.each([
  ['unix:///var/run/docker.sock (context "default")', 'localhost'],
  ['tcp://10.1.2.3:2376', '10.1.2.3'],
  ['ssh://me@far.example:22 (context "far")', 'far.example'],
  ['tcp://[fd00::1]:2375', '[fd00::1]'],
])('the engine at %s publishes on %s', (endpoint, host) => {
  expect(publishedUrls([web], endpoint)).toEqual(
    [`http://${host}:8080`, 'http://localhost:9000', `https://${host}:8443`].sort(),
  );
});

it('takes an address of the host as it is', () => {
  const bound = container({ name: 'web', ports: [port(80, 80, '192.168.1.5'), port(81, 80, 'fe80::1')] });
  expect(publishedUrls([bound], 'unix:///x')).toEqual(['http://192.168.1.5:80', 'http://[fe80::1]:81']);
});

it('ports that are forwarded are shown and opened at their number on this machine', () => {
  const far = { id: 'far', ports: [{ hostIp: '', hostPort: 8080, containerPort: 80, protocol: 'tcp' }] };
  const containers = [far] as unknown as Parameters<typeof publishedPorts>[0];
  expect(publishedUrls(containers, 'ssh://me@server')).toEqual(['http://server:8080']);
  expect(setForwarded([{ container: 'far', port: 8080, local: 49152 }])).toBe(true);
  expect(setForwarded([{ container: 'far', port: 8080, local: 49152 }])).toBe(false);
  expect(publishedPorts(containers)).toEqual([49152]);
  expect(publishedUrls(containers, 'ssh://me@server')).toEqual(['http://localhost:49152']);
  expect(setForwarded([])).toBe(true);
  expect(publishedPorts(containers)).toEqual([8080]);
});
