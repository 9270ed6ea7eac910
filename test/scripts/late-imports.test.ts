import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** Names that are taken of a package which is imported later. */
const named = /\{(?!\s*default\b)[^{}]*\}\s*=\s*await import\('(?!node:|[.#])[^']*'\)/;

/** A bundle in parts gives what is imported later of a CommonJS package its default export alone; without a bundle Node gives the names too, so nothing else shows it. */
test('of a package that is imported later only the default is taken', () => {
  expect(named.test("const { DockerfileParser } = await import('dockerfile-ast');")).toBe(true);
  expect(named.test("const { default: Docker } = await import('dockerode');")).toBe(false);
  expect(named.test("const { spawn } = await import('node:child_process');")).toBe(false);
  const files = ['cli', 'client', 'compose', 'disk', 'engine', 'server'].flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .map((path) => join(room, path)),
  );
  expect(files.length).toBeGreaterThan(900);
  expect(files.filter((file) => named.test(readFileSync(join(root, file), 'utf8')))).toEqual([]);
});
