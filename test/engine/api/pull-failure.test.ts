import { expect, it } from 'vitest';
import { translateMessage } from '#engine/api/translate-error.ts';
import { classifyPullFailure } from '#engine/api/pull-failure.ts';

// The words of engines 20.10 to 28, with both image stores, of BuildKit and of registries.
it.each([
  ['manifest for nginx:nosuch not found: manifest unknown: manifest unknown', 'not-found', 'nginx:nosuch'],
  ['failed to resolve reference "r.test/a:1": r.test/a:1: not found', 'not-found', undefined],
  ['name unknown: repository name not known to registry', 'not-found', undefined],
  [
    "pull access denied for private/app, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
    'not-allowed',
    'private/app',
  ],
  ['Head "https://r.test/v2/a/manifests/1": no basic auth credentials', 'not-allowed', undefined],
  ['Get "https://r.test/v2/a/manifests/1": unauthorized: authentication required', 'not-allowed', undefined],
  ['toomanyrequests: You have reached your pull rate limit.', 'rate-limit', undefined],
  [
    'unexpected status from HEAD request to https://r.test/v2/a/manifests/1: 429 Too Many Requests',
    'rate-limit',
    undefined,
  ],
  [
    'Get "https://r.test/v2/": dial tcp: lookup r.test on 10.0.0.2:53: no such host',
    'unreachable',
    undefined,
  ],
  [
    'Get "http://127.0.0.1:1/v2/": dial tcp 127.0.0.1:1: connect: connection refused',
    'unreachable',
    undefined,
  ],
  ['received unexpected HTTP status: 503 Service Unavailable', 'unreachable', undefined],
  ['Get "https://r.test/v2/": tls: x509: certificate signed by unknown authority', 'unreachable', undefined],
  ['no matching manifest for linux/arm64/v8 in the manifest list entries', 'platform', undefined],
  [
    'image with reference a:1 was found but does not match the specified platform: wanted linux/arm64, actual: linux/amd64',
    'platform',
    undefined,
  ],
  [
    'nosuch:1: failed to resolve source metadata for docker.io/library/nosuch:1: failed to do request: Head "https://registry-1.docker.io/v2/library/nosuch/manifests/1": dial tcp: no such host',
    'unreachable',
    'docker.io/library/nosuch:1',
  ],
] as const)('%s', (text, failure, image) => {
  expect(classifyPullFailure(text)).toEqual({ failure, image });
});

it.each(['Conflict. The container name "/a" is already in use', 'no space left on device', 'driver failed'])(
  'none: %s',
  (text) => {
    expect(classifyPullFailure(text)).toBeUndefined();
  },
);

it('names the whole image that was asked for, says what to do, and then the words of the registry', () => {
  const said = "pull access denied for r.test/app, repository does not exist or may require 'docker login'";
  const error = translateMessage(said, { endpoint: '', subject: 'r.test/app:1' });
  expect(error).toMatchObject({ kind: 'pull-denied', pull: 'not-allowed', subject: 'r.test/app:1' });
  expect(error.message).toBe(
    `The registry denied access to r.test/app:1. The image does not exist, or you need to sign in. Check the name, or sign in to its registry with "docker login". (${said})`,
  );
});
