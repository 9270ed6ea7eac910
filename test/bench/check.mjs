// `composure check` beside dclint 3 on the same 50 files: how long, and what each finds.
//
// dclint comes from npm into a folder of its own; the files are fixtures, each in its folder, so that both see the same. A process a run, as in CI;
// the quickest of five counts.
import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const fixtures = join(root, 'test/fixtures/projects');
const runs = 5;
const howMany = 50;

const place = await mkdtemp(join(tmpdir(), 'composure-bench-check-'));
try {
  await writeFile(join(place, 'package.json'), '{"private": true}');
  const npm = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--silent', 'dclint@3.1.0'];
  if (spawnSync('npm', npm, { cwd: place, stdio: 'inherit' }).status !== 0)
    throw new Error('dclint could not be installed');
  const files = [];
  for (const name of (await readdir(fixtures)).sort()) {
    if (files.length === howMany) break;
    const entries = await readdir(join(fixtures, name)).catch(() => []);
    if (!entries.includes('compose.yaml')) continue;
    await cp(join(fixtures, name), join(place, 'files', name), { recursive: true });
    files.push(`files/${name}/compose.yaml`);
  }
  // All of dclint's rules speak in both, as severe as dclint has them.
  await writeFile(join(place, '.dclintrc'), '{}');

  const dclint = () =>
    measured([join(place, 'node_modules/dclint/bin/dclint.cjs'), '--formatter', 'json', ...files]);
  const composure = () => measured(['--', join(root, 'dist/cli.mjs'), 'check', '--format', 'json', ...files]);
  const theirs = best(dclint);
  const ours = best(composure);
  const theirFindings = JSON.parse(theirs.output).flatMap(({ filePath, messages }) =>
    messages.map(({ rule, line, type }) => ({ file: filePath, code: rule, line, severity: type })),
  );
  const ourFindings = JSON.parse(ours.output).findings;
  console.log(`${files.length} files                composure check    dclint 3.1.0`);
  row('milliseconds', ours.milliseconds, theirs.milliseconds);
  row('findings', ourFindings.length, theirFindings.length);
  row('errors', count(ourFindings, 'error'), count(theirFindings, 'error'));
  row('different codes', kinds(ourFindings), kinds(theirFindings));
  row('files refused by Docker Compose, told', refused(ourFindings), refused(theirFindings));
  console.log('\ncodes of dclint:');
  for (const [code, number] of tally(theirFindings)) console.log(`${String(number).padStart(5)} ${code}`);
  console.log('codes of composure:');
  for (const [code, number] of tally(ourFindings)) console.log(`${String(number).padStart(5)} ${code}`);
} finally {
  await rm(place, { recursive: true, force: true });
}

function measured(words) {
  const begun = performance.now();
  const { stdout, stderr, status } = spawnSync(process.execPath, words, {
    cwd: place,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  const milliseconds = Math.round(performance.now() - begun);
  if (status !== 0 && status !== 1) throw new Error(`${words.join(' ')}: ${status}\n${stderr}`);
  return { milliseconds, output: stdout };
}

function best(run) {
  const all = Array.from({ length: runs }, run);
  return all.reduce((a, b) => (b.milliseconds < a.milliseconds ? b : a));
}

function count(findings, severity) {
  return findings.filter((each) => each.severity === severity).length;
}

function kinds(findings) {
  return new Set(findings.map(({ code }) => code)).size;
}

/** Files with an error that is about meaning, not about style. */
function refused(findings) {
  const style = /order|quotes|regex|explicit-tag|no-build-and-image|project-name/;
  const files = findings
    .filter(({ code, severity }) => severity === 'error' && !style.test(code))
    .map(({ file }) => file);
  return new Set(files).size;
}

function tally(findings) {
  const counts = new Map();
  for (const { code } of findings) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}

function row(what, ours, theirs) {
  console.log(`${what.padEnd(38)} ${String(ours).padStart(8)} ${String(theirs).padStart(10)}`);
}
