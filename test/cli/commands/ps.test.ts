import { expect, it } from 'vitest';
import { toJson, toTable } from '#cli/commands/ps.ts';
import type { PsRow } from '#engine/observe/container-rows.ts';

const row = (name: string, labels: Readonly<Record<string, string>>): PsRow => ({
  ...{ id: name, name, image: 'busybox', command: 'sh', project: 'p', service: name, createdAt: Date.now() },
  ...{ state: 'running', status: 'Up 1 second', health: 'none', exitCode: 0, publishers: [], labels },
  ...{ mounts: [], localVolumes: 0, networks: [] },
});

it('has a column for engines where a container names one, and nowhere else', () => {
  const named = row('a', { 'com.docker.compose.engine': 'moby' });
  const [head, first] = toTable([named, row('b', {})], true).split('\n');
  expect(head).toMatch(/PORTS +ENGINE$/);
  expect(first).toMatch(/ moby$/);
  expect(toJson(named, true)).toMatchObject({ Engine: 'moby' });
  expect(toTable([row('b', {})], true)).not.toContain('ENGINE');
  expect(toJson(row('b', {}), true)).not.toHaveProperty('Engine');
});
