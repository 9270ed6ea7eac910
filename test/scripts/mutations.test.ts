import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, 'test/mutations');

interface Fault {
  readonly file: string;
  readonly find: string;
}

it('every fault that the mutation run makes has its place, once', async () => {
  const tables = await Promise.all(
    readdirSync(folder)
      .filter((name) => name.endsWith('.mjs'))
      .map(async (name) => Object.values((await import(join(folder, name))) as object).flat() as Fault[]),
  );
  const faults = tables.flat();
  const misplaced = faults.filter(
    ({ file, find }) => readFileSync(join(root, file), 'utf8').split(find).length !== 2,
  );
  expect(faults.length).toBeGreaterThanOrEqual(50);
  expect(misplaced.map(({ file, find }) => `${file}: ${find}`)).toEqual([]);
});
