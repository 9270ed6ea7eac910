import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { boundedAnswer } from '#compose/registry/bounded-answer.ts';

/** A registry that sends what it is asked for, `/endless` without end; counts what it could send. */
let sent = 0;
const server = createServer((request, response) => {
  if (request.url !== '/endless') {
    response.end('é'.repeat(10));
    return;
  }
  const more = (): void => {
    sent += 64 * 1024;
    if (response.write(Buffer.alloc(64 * 1024, 'x'))) setImmediate(more);
    else response.once('drain', more);
  };
  more();
});
let origin: string;
beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const ask = async (path: string) =>
  boundedAnswer(await fetch(`${origin}${path}`), (chunks) => Buffer.concat(chunks).toString('utf8'));

it('an answer is read whole up to its bound', async () => {
  expect(await (await ask('/')).text(20)).toBe('é'.repeat(10));
  await expect((await ask('/')).text(19)).rejects.toThrow('more than 19 bytes');
});

it('an answer without end is not kept, and not waited for', async () => {
  await expect((await ask('/endless')).text(100_000)).rejects.toThrow('more than 100000 bytes');
  expect(sent).toBeLessThan(20 * 2 ** 20);
});
