import { describe, expect, it } from 'vitest';
import { EngineError } from '#engine/api/engine-error.ts';
import { redact, translateError, translateMessage } from '#engine/api/translate-error.ts';
import { HttpError } from '#engine/api/transport/transport.ts';

const context = { endpoint: 'unix:///var/run/docker.sock', subject: 'thing' };

describe('what an engine says', () => {
  // Sentences of engines 20.10 to 28.5 and of Docker Desktop.
  it.each([
    [
      500,
      'driver failed programming external connectivity on endpoint p-web-1 (3f): Bind for 0.0.0.0:8080 failed: port is already allocated',
      'port-in-use',
      '8080/tcp',
    ],
    [
      500,
      'driver failed programming external connectivity on endpoint p-web-1 (3f): Error starting userland proxy: listen tcp4 127.0.0.1:5432: bind: address already in use',
      'port-in-use',
      '5432/tcp',
    ],
    [
      500,
      'failed to set up container networking: driver failed programming external connectivity on endpoint p-web-1 (3f): failed to bind host port for 0.0.0.0:8081:172.18.0.2:80/tcp: address already in use',
      'port-in-use',
      '8081/tcp',
    ],
    [
      500,
      'failed to listen on remote API address: listen tcp 0.0.0.0:2377: bind: address already in use',
      'port-in-use',
      '2377/tcp',
    ],
    [500, 'failed to bind host port 0.0.0.0:53/udp: address already in use', 'port-in-use', '53/udp'],
    [
      500,
      'Ports are not available: exposing port TCP 0.0.0.0:80 -> 127.0.0.1:0: listen tcp 0.0.0.0:80: bind: address already in use',
      'port-in-use',
      '80/tcp',
    ],
    [404, 'No such image: nosuch:latest', 'image-missing', 'nosuch:latest'],
    [404, 'No such container: abc', 'not-found', 'thing'],
    [
      409,
      'Conflict. The container name "/p-web-1" is already in use by container "1f". You have to remove (or rename) that container to be able to reuse that name.',
      'conflict',
      'p-web-1',
    ],
    [403, 'error while removing network: network p_default id 12 has active endpoints', 'in-use', 'thing'],
    [409, 'remove p_data: volume is in use - [1f]', 'in-use', 'thing'],
    [
      409,
      'conflict: unable to delete 1f (must be forced) - image is being used by stopped container 2e',
      'in-use',
      'thing',
    ],
    [
      500,
      "pull access denied for private/app, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
      'pull-denied',
      'private/app',
    ],
    [
      500,
      'manifest for nginx:nosuch not found: manifest unknown: manifest unknown',
      'pull-denied',
      'nginx:nosuch',
    ],
    [
      500,
      'Head "https://registry-1.docker.io/v2/library/x/manifests/latest": unauthorized: incorrect username or password',
      'pull-denied',
      'thing',
    ],
    [
      500,
      'Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io: no such host',
      'pull-denied',
      'thing',
    ],
    [429, 'toomanyrequests: You have reached your pull rate limit.', 'pull-denied', 'thing'],
    [400, 'client version 1.99 is too new. Maximum supported API version is 1.51', 'unsupported', 'thing'],
    [400, 'invalid mount config for type "bind": bind source path does not exist: /x', 'invalid', 'thing'],
    [501, 'not implemented', 'unsupported', 'thing'],
    [500, 'something of its own', 'engine', 'thing'],
    [502, '<html>Bad gateway</html>', 'unreachable', 'thing'],
  ] as const)('%i %s', (status, message, kind, subject) => {
    const error = translateError(new HttpError(status, message), context);
    expect({ kind: error.kind, subject: error.subject }).toEqual({ kind, subject });
    expect(error.message).toContain(message.slice(-20).replace(/\.$/, ''));
  });

  it('says what to do about a port', () => {
    const message = 'Bind for 127.0.0.1:8080 failed: port is already allocated';
    expect(translateMessage(message, context).message).toBe(
      `Port 8080/tcp of 127.0.0.1 is already in use on the host. Stop what uses it, or publish another port. (${message})`,
    );
  });
});

describe('a connection that fails', () => {
  it.each([
    ['ENOENT', 'the socket does not exist. Start Docker'],
    ['ECONNREFUSED', 'Nothing is responding at'],
    ['EACCES', '"docker" group'],
    ['ENOTFOUND', 'is unknown'],
    ['ETIMEDOUT', 'is not responding'],
    ['ECONNRESET', 'was lost'],
    ['EPIPE', 'was lost'],
    ['ESSH', 'ssh could not connect'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificates'],
    ['HPE_INVALID_CONSTANT', 'does not respond with HTTP'],
    ['ESOMETHING', 'failed'],
  ])('%s', (code, words) => {
    const error = translateError(Object.assign(new Error(`x ${code}`), { code }), context);
    expect(error.kind).toBe('unreachable');
    expect(error.message).toContain(words);
    expect(error.message).toContain(context.endpoint);
  });

  it('is a cancellation when the signal has fired, whatever the socket said', () => {
    const error = translateError(
      Object.assign(new Error('aborted'), { code: 'ECONNRESET' }),
      context,
      AbortSignal.abort(),
    );
    expect(error.kind).toBe('cancelled');
  });

  it('passes its own errors through', () => {
    const own = new EngineError('unhealthy', 'x');
    expect(translateError(own, context)).toBe(own);
  });
});

it('masks credentials in addresses', () => {
  expect(redact('Get "https://me:secret@registry.example/v2/": denied')).toBe(
    'Get "https://***@registry.example/v2/": denied',
  );
  expect(translateError(new HttpError(500, 'tcp://u:p@host failed'), context).message).not.toContain('u:p');
});
