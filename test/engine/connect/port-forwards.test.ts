import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { parseHost } from '#engine/api/transport/endpoint.ts';
import { PortForwards } from '#engine/connect/port-forwards.ts';

const folder = mkdtempSync(join(tmpdir(), 'composure-forwards-'));
const calls = join(folder, 'calls');

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

/** An `ssh` that notes how it was called, and is refused. */
function withRefusedSsh(): void {
  writeFileSync(calls, '');
  writeFileSync(join(folder, 'ssh'), `#!/bin/sh\necho "$@" >> '${calls}'\nexit 255\n`);
  chmodSync(join(folder, 'ssh'), 0o755);
  vi.stubEnv('PATH', `${folder}${delimiter}${process.env.PATH}`);
}

const called = () => readFileSync(calls, 'utf8').trim().split('\n');

test('a login that fails is not tried for ever, but again when it is asked for', async () => {
  withRefusedSsh();
  const { endpoint } = parseHost('ssh://somebody@far.example');
  if (endpoint?.kind !== 'ssh') throw new Error('the address is one over SSH');
  const forwards = new PortForwards(endpoint, 1500);
  const port = { host: '127.0.0.1', port: 1 };
  const [first, same] = await Promise.all([forwards.open(port), forwards.open(port)]);
  expect([first, same]).toEqual([undefined, undefined]);
  // At once and, where there was time, a second later; for both who asked.
  const before = called().length;
  expect([1, 2]).toContain(before);
  expect(called()[0]).toMatch(/-N -L 127\.0\.0\.1:\d+:127\.0\.0\.1:1 -- (?:somebody@)?far\.example$/);
  expect(await forwards.open(port)).toBeUndefined();
  expect(called().length).toBeGreaterThan(before);
  forwards.close();
});
