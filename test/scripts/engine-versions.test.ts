import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

it('the page on engines names every version of the API that something depends on', () => {
  const code = ['engine', 'cli', 'client/src']
    .flatMap((room) =>
      readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts'))
        .map((file) => readFileSync(join(root, room, file), 'utf8')),
    )
    .join('\n');
  const asked = [...code.matchAll(/apiAtLeast\([^()]+, '(1\.\d+)'\)/g)].map(([, version]) => version);
  const page = readFileSync(join(root, 'docs/engines.md'), 'utf8');
  const named = [...page.matchAll(/^\| (1\.\d+) \|/gm)].map(([, version]) => version);
  expect(asked.length).toBeGreaterThan(10);
  expect([...new Set(named)]).toEqual([...new Set(asked)].sort());
});

it('and the oldest and the newest that is spoken', () => {
  const connect = readFileSync(join(root, 'engine/connect/connect.ts'), 'utf8');
  const [oldest, newest] = ['oldestApi', 'newestApi'].map(
    (name) => new RegExp(`const ${name} = (\\d+);`).exec(connect)?.[1],
  );
  expect(readFileSync(join(root, 'docs/engines.md'), 'utf8')).toContain(`from 1.${oldest} to 1.${newest}.`);
});
