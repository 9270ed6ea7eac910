// Breaks the code on purpose, one fault at a time, and sees whether the fast tests notice: `npm run mutate [-- WORD …] [--at COMMIT] [--jobs N]`.
// The faults are in test/mutations/*.mjs. Works in copies of what is committed, in the system's folder for temporary files; nothing here is touched.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));
/** What must be noticed of all faults. */
const wanted = 0.9;

const { values, positionals } = parseArgs({
  options: { at: { type: 'string', default: 'HEAD' }, jobs: { type: 'string', default: '2' } },
  allowPositionals: true,
});

/** The faults of the tables whose name, file or reason has one of the words. */
async function readMutations() {
  const folder = join(root, 'test/mutations');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.mjs')).sort();
  const tables = await Promise.all(names.map((name) => import(join(folder, name))));
  const all = tables.flatMap(({ mutations }) => mutations);
  return positionals.length === 0
    ? all
    : all.filter(({ file, why }) => positionals.some((word) => `${file} ${why}`.includes(word)));
}

async function makeCopy() {
  const copy = await mkdtemp(join(tmpdir(), 'composure-mutate-'));
  await run('git', ['worktree', 'add', '--detach', '--force', copy, values.at], { cwd: root });
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

async function removeCopy(copy) {
  await run('git', ['worktree', 'remove', '--force', copy], { cwd: root });
  await rm(copy, { recursive: true, force: true });
}

/** Whether a test fails with the fault. Rejects when the text to be replaced is not there exactly once. */
async function isNoticed(copy, { file, find, put, tests }) {
  const path = join(copy, file);
  const text = await readFile(path, 'utf8');
  const count = text.split(find).length - 1;
  if (count !== 1) throw new Error(`${file} has ${JSON.stringify(find)} ${count} times, not once`);
  await writeFile(
    path,
    text.replace(find, () => put),
  );
  try {
    return !(await passes(copy, tests));
  } finally {
    await writeFile(path, text);
  }
}

async function passes(copy, tests) {
  try {
    const words = ['run', '--project', 'unit', '--bail', '1', '--passWithNoTests', ...tests];
    await run(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), ...words], {
      cwd: copy,
      maxBuffer: 1 << 28,
    });
    return true;
  } catch (error) {
    if (typeof error.code === 'number') return false;
    throw error;
  }
}

const mutations = await readMutations();
const copies = [];
const failures = [];
let killed = 0;
try {
  for (let i = 0; i < Math.max(1, Number(values.jobs)); i += 1) copies.push(await makeCopy());
  const tests = [...new Set(mutations.flatMap((mutation) => mutation.tests))];
  if (!(await passes(copies[0], tests)))
    throw new Error('The tests fail without any fault: nothing can be said.');
  const queue = [...mutations];
  await Promise.all(
    copies.map(async (copy) => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const noticed = await isNoticed(copy, next);
        if (noticed) killed += 1;
        else failures.push(next);
        console.log(`${noticed ? 'killed  ' : 'SURVIVED'} ${next.file}: ${next.why}`);
      }
    }),
  );
} finally {
  for (const copy of copies) await removeCopy(copy);
}
console.log(`\n${killed} of ${mutations.length} faults were noticed.`);
if (killed < Math.ceil(mutations.length * wanted)) process.exitCode = 1;
