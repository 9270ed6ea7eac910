import { execFile } from 'node:child_process';
import type { Kubectl } from '#engine/kubernetes/follow-rollout.ts';

/** What `kubectl` is asked before anything is applied. */
export type Cluster =
  | { readonly kind: 'ready'; readonly context: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'no-context' }
  | { readonly kind: 'silent'; readonly context: string; readonly reason: string }
  | { readonly kind: 'cancelled' };

/** How long a cluster may take to answer, as kubectl spells it. */
const patience = '10s';
/** Characters. The pods of a namespace, with all that a cluster says of them. */
const mostOutput = 64 * 1024 * 1024;

/** Whether there is a `kubectl`, which cluster it talks to, and whether that one answers. Changes nothing there. */
export async function findCluster(program: string, cwd: string, signal: AbortSignal): Promise<Cluster> {
  const run = (words: readonly string[]) => runProgram(program, words, cwd, signal);
  const current = await run(['config', 'current-context']);
  if (signal.aborted) return { kind: 'cancelled' };
  if (current.kind === 'missing') return { kind: 'missing' };
  const context = current.output.trim();
  if (current.kind === 'failed' || context === '') return { kind: 'no-context' };
  const version = await run(['version', '--output=json', `--request-timeout=${patience}`]);
  if (signal.aborted) return { kind: 'cancelled' };
  if (version.kind === 'done') return { kind: 'ready', context };
  const reason = version.errors.trim().split('\n').at(-1) ?? '';
  return { kind: 'silent', context, reason };
}

/** `kubectl` in this cluster, for what is asked beside the terminal. */
export function kubectlIn(program: string, cwd: string, context: string): Kubectl {
  return async (words, signal, input) => {
    const ran = await runProgram(program, [...words, `--context=${context}`], cwd, signal, input);
    return { ok: ran.kind === 'done', output: ran.output, errors: ran.errors };
  };
}

/** The manifests of a folder, as `kubectl` takes them. */
export function folderArguments(folder: string, kustomize: boolean): readonly string[] {
  return [kustomize ? '-k' : '-f', folder];
}

/** `kubectl apply`: of a folder with a `kustomization.yaml` with `-k`, else of its files. */
export function applyArguments(
  folder: string,
  {
    kustomize,
    context,
    dryRun,
  }: { readonly kustomize: boolean; readonly context: string; readonly dryRun: boolean },
): readonly string[] {
  const what = folderArguments(folder, kustomize);
  return ['apply', `--context=${context}`, ...(dryRun ? ['--dry-run=server'] : []), ...what];
}

interface Ran {
  readonly kind: 'done' | 'failed' | 'missing';
  readonly output: string;
  readonly errors: string;
}

function runProgram(
  program: string,
  words: readonly string[],
  cwd: string,
  signal: AbortSignal,
  input?: string,
): Promise<Ran> {
  return new Promise((resolve) => {
    const options = { cwd, signal, windowsHide: true, maxBuffer: mostOutput };
    const child = execFile(program, words, options, (error, output, errors) => {
      const code = (error as NodeJS.ErrnoException | null)?.code;
      const kind = error === null ? 'done' : code === 'ENOENT' ? 'missing' : 'failed';
      resolve({ kind, output, errors });
    });
    // A program that has ended already reads nothing; how it ended says why.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  });
}
