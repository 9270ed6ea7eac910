import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EngineError } from '#engine/api/engine-error.ts';
import { formatMessage } from '#engine/api/message.ts';
import { type PullFailure, pullFailureWords } from '#engine/api/pull-failure.ts';
import { checkImages } from '../../../client/src/check-before-up/check-images.ts';
import { failureFinding } from '../../../client/src/incidents/failure-finding.ts';
import type { Stack as ClientStack } from '../../../client/src/workspace/stacks.ts';
import { putImage, type Registry, spreadImage, startRegistry } from '../../../scripts/lib/registry.mjs';
import { english } from '../../client/translate.ts';
import { dial, engines, hostOf, never } from './engine.ts';
import { stack } from './stack.ts';

// Every class of failed pull, from real registries on loopback, and what each surface says of it: the same.

let open: Registry;
let closed: Registry;
let busy: Server;
let broken: Server;

beforeAll(async () => {
  [open, closed] = await Promise.all([startRegistry(), startRegistry({ users: { jane: 'secret' } })]);
  for (const name of ['team/app', 'team/many']) await putImage(open, name, ['1']);
  await spreadImage(open, 'team/many', '1', ['amd64', 'arm64']);
  busy = await answering(429, 'TOOMANYREQUESTS', 'You have reached your pull rate limit.');
  broken = await answering(503, 'UNAVAILABLE', 'down for maintenance');
});
afterAll(async () => {
  await Promise.all([open?.stop(), closed?.stop()]);
  busy?.close();
  broken?.close();
});

interface Case {
  readonly failure: PullFailure;
  readonly image: () => string;
}

const cases: readonly (readonly [string, Case])[] = [
  ['a tag that is not there', { failure: 'not-found', image: () => `${open.address}/team/app:2` }],
  ['a name that is not there', { failure: 'not-found', image: () => `${open.address}/team/none:1` }],
  [
    'a registry that wants a password',
    { failure: 'not-allowed', image: () => `${closed.address}/team/app:1` },
  ],
  ['nothing at the address', { failure: 'unreachable', image: () => '127.0.0.1:1/team/app:1' }],
  ['a name that no server has', { failure: 'unreachable', image: () => 'registry.invalid/team/app:1' }],
  ['a registry out of service', { failure: 'unreachable', image: () => `${addressOf(broken)}/team/app:1` }],
  ['too many requests', { failure: 'rate-limit', image: () => `${addressOf(busy)}/team/app:1` }],
];

describe.each(engines)('a pull that fails on Engine %s', (_version, host) => {
  it.each(cases)('%s', async (_name, { failure, image }) => {
    const engine = await dial(hostOf(host));
    const reference = image();
    const app = await stack(hostOf(host), `services: { web: { image: "${reference}" } }\n`);
    try {
      const error = await failed(async () => {
        for await (const _ of engine.pullImage(reference, {}, never));
      });
      expect(error).toMatchObject({ kind: 'pull-denied', pull: failure, subject: reference });
      const { what, advice } = pullFailureWords(failure, reference);
      const words = `${formatMessage(what)} ${formatMessage(advice)}`;
      for (const command of [['pull'], ['up', '-d']]) {
        const { code, err } = await app.compose(...command);
        expect(code).toBe(1);
        expect(err).toContain(words);
      }
      const project = { name: 'p', services: { web: { image: reference } } };
      const declared = { declared: { loaded: { project } } } as unknown as ClientStack;
      expect(failureFinding(declared, error, english)?.message).toBe(words);
      expect(await failed(() => engine.inspectRemoteImage(reference, never))).toMatchObject({
        pull: failure,
      });
      const [finding] = await checkImages(project as never, engine, english, never);
      expect(`${finding?.message} ${finding?.advice}`).toBe(
        `${reference} is not on the engine, and cannot be pulled: ${words}`,
      );
    } finally {
      await app.remove();
      engine.close();
    }
  });

  it.each(['linux/s390x', 'windows/arm64'])('another platform: %s', async (platform) => {
    const engine = await dial(hostOf(host));
    const reference = `${open.address}/team/many:1`;
    const app = await stack(
      hostOf(host),
      `services: { web: { image: "${reference}", platform: ${platform} } }\n`,
    );
    try {
      const error = await failed(async () => {
        for await (const _ of engine.pullImage(reference, { platform }, never));
      });
      expect(error).toMatchObject({ kind: 'pull-denied', pull: 'platform', subject: reference });
      const { code, err } = await app.compose('pull');
      expect(code).toBe(1);
      expect(err).toContain(formatMessage(pullFailureWords('platform', reference).what));
    } finally {
      await app.remove();
      engine.close();
    }
  });
});

async function failed(work: () => Promise<unknown>): Promise<EngineError> {
  try {
    await work();
  } catch (error) {
    if (error instanceof EngineError) return error;
    throw error;
  }
  throw new Error('it did not fail');
}

function answering(status: number, code: string, message: string): Promise<Server> {
  const server = createServer((request, response) => {
    request.resume();
    if (request.url === '/v2/')
      response.writeHead(200, { 'docker-distribution-api-version': 'registry/2.0' }).end('{}');
    else
      response
        .writeHead(status, { 'content-type': 'application/json' })
        .end(JSON.stringify({ errors: [{ code, message }] }));
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

function addressOf(server: Server): string {
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}
