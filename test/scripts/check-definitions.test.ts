import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { version } from '../../package.json';

const root = join(import.meta.dirname, '../..');
const text = (path: string) => readFile(join(root, path), 'utf8');

it.each(['.pre-commit-hooks.yaml', 'action.yml', 'docs/check.md'])('%s names this version', async (file) => {
  const named = [...(await text(file)).matchAll(/composure@v?([\d.]+\d)|rev: v([\d.]+)/g)].map(
    ([, a, b]) => a ?? b,
  );
  expect(new Set(named)).toEqual(new Set([version]));
});

it('hooks take the files that a check of a folder takes', async () => {
  const hooks = parse(await text('.pre-commit-hooks.yaml')) as readonly { readonly files: string }[];
  for (const { files } of hooks) {
    const taken = new RegExp(files);
    for (const name of ['compose.yaml', 'a/docker-compose.prod.yml', 'docker-stack.yml', 'x.stack.yaml'])
      expect(taken.test(name), name).toBe(true);
    for (const name of ['values.yaml', 'compose.txt', 'a/compose/readme.yaml'])
      expect(taken.test(name), name).toBe(false);
  }
});

it('the action runs the check with its inputs, and nothing that is in them', async () => {
  const { runs } = parse(await text('action.yml')) as {
    readonly runs: { readonly steps: readonly { readonly run: string; readonly env: object }[] };
  };
  const [step] = runs.steps;
  expect(step?.run).not.toContain('${{');
  const folder = await mkdtemp(join(tmpdir(), 'composure-action-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, 'npx'), '#!/bin/sh\nfor word; do echo "$word"; done\n', { mode: 0o755 });
  const { stdout } = await promisify(execFile)('bash', ['-c', step?.run ?? ''], {
    cwd: folder,
    env: {
      PATH: `${folder}:${process.env.PATH ?? ''}`,
      FILES: 'a.yaml *.yaml $(touch x)',
      FORMAT: 'sarif',
      OUTPUT: 'my report.sarif',
      ARGUMENTS: '--severity warning',
    },
  });
  expect(stdout.split('\n')).toEqual([
    '--yes',
    `composure@${version}`,
    'check',
    '--format',
    'sarif',
    '--output',
    'my report.sarif',
    '--severity',
    'warning',
    'a.yaml',
    '*.yaml',
    '$(touch',
    'x)',
    '',
  ]);
});
