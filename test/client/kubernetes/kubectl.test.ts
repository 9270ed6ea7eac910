import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { applyArguments, findCluster } from '../../../client/src/kubernetes/kubectl.ts';

const folder = mkdtempSync(join(tmpdir(), 'kubectl-'));
afterAll(() => rmSync(folder, { recursive: true }));
const never = new AbortController().signal;

/** A program in the place of kubectl: there is no cluster here. */
function standIn(name: string, script: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

describe.skipIf(process.platform === 'win32')('the cluster', () => {
  it('is the one of the current context, when it answers', async () => {
    const program = standIn(
      'ready',
      'case "$1" in config) echo home ;; version) echo {} ;; *) exit 9 ;; esac',
    );
    expect(await findCluster(program, folder, never)).toEqual({ kind: 'ready', context: 'home' });
  });

  it('does not answer: the last line of kubectl says why', async () => {
    const program = standIn(
      'silent',
      'case "$1" in config) echo home ;; *) echo a >&2; echo refused >&2; exit 1 ;; esac',
    );
    expect(await findCluster(program, folder, never)).toEqual({
      kind: 'silent',
      context: 'home',
      reason: 'refused',
    });
  });

  it('is not chosen', async () => {
    const program = standIn('none', 'echo "error: current-context is not set" >&2; exit 1');
    expect(await findCluster(program, folder, never)).toEqual({ kind: 'no-context' });
  });

  it('is not asked for long: cancelling ends kubectl', async () => {
    const mark = join(folder, 'asked');
    const program = standIn(
      'slow',
      `case "$1" in config) echo home ;; *) touch ${mark}; exec tail -f /dev/null ;; esac`,
    );
    const abort = new AbortController();
    const found = findCluster(program, folder, abort.signal);
    await expect.poll(() => existsSync(mark)).toBe(true);
    abort.abort();
    expect(await found).toEqual({ kind: 'cancelled' });
  });
});

it('there may be no kubectl', async () => {
  expect(await findCluster(join(folder, 'nothing'), folder, never)).toEqual({ kind: 'missing' });
});

it.each([
  [{ kustomize: false, dryRun: true }, 'apply --context=c --dry-run=server -f k8s'],
  [{ kustomize: true, dryRun: true }, 'apply --context=c --dry-run=server -k k8s'],
  [{ kustomize: false, dryRun: false }, 'apply --context=c -f k8s'],
])('%j: %s', (options, words) => {
  expect(applyArguments('k8s', { ...options, context: 'c' }).join(' ')).toBe(words);
});
