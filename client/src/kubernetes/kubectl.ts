import { execFile } from 'node:child_process';

/** What `kubectl` is asked before anything is applied. */
export type Cluster =
  | { readonly kind: 'ready'; readonly context: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'no-context' }
  | { readonly kind: 'silent'; readonly context: string; readonly reason: string }
  | { readonly kind: 'cancelled' };

/** How long a cluster may take to answer, as kubectl spells it. */
const patience = '10s';

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

/** `kubectl apply`: of a folder with a `kustomization.yaml` with `-k`, else of its files. */
export function applyArguments(
  folder: string,
  {
    kustomize,
    context,
    dryRun,
  }: { readonly kustomize: boolean; readonly context: string; readonly dryRun: boolean },
): readonly string[] {
  const what = [kustomize ? '-k' : '-f', folder];
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
): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(program, words, { cwd, signal, windowsHide: true }, (error, output, errors) => {
      const code = (error as NodeJS.ErrnoException | null)?.code;
      const kind = error === null ? 'done' : code === 'ENOENT' ? 'missing' : 'failed';
      resolve({ kind, output, errors });
    });
  });
}
