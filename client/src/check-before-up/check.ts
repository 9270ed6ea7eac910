import type { FileSystem } from '#compose/load/host.ts';
import { formatPhrase } from '#compose/problem/format-phrase.ts';
import type { Catalogue } from '#compose/problem/phrase.ts';
import type { LoadResult } from '#compose/load/request.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import type { Translate } from '../shared/translate.ts';
import { checkEngine } from './check-engine.ts';
import { checkFiles } from './check-files.ts';
import { checkImages } from './check-images.ts';
import { checkPorts, type PortHolder } from './check-ports.ts';
import { type Finding, subjects } from './finding.ts';

export interface CheckInput {
  readonly result: LoadResult;
  readonly files: FileSystem;
  readonly engine: EnginePort;
  readonly portHolder: PortHolder;
  readonly t: Translate;
  /** For what is wrong with the files. */
  readonly phrases: Catalogue;
}

/** Everything that can be known before an up without changing anything, the worst first within each subject. Rejects with `EngineError`. */
export async function checkBeforeUp(input: CheckInput, signal: AbortSignal): Promise<readonly Finding[]> {
  const { result, files, engine, t } = input;
  const findings = [...checkText(result, input)];
  const { loaded } = result;
  if (loaded !== undefined) {
    const here = /^(?:unix|npipe):/.test(engine.info.endpoint);
    const containers = await engine.listContainers({ labels: [], all: false }, signal);
    findings.push(
      ...(await checkFiles(loaded, files, t)),
      ...(await checkPorts(loaded.project, containers, here ? input.portHolder : undefined, t)),
      ...(await checkImages(loaded.project, engine, t, signal)),
      ...checkEngine(loaded, engine.info, t),
    );
  }
  const rank = { error: 0, warning: 1, ok: 2 } as const;
  return findings.sort(
    (a, b) =>
      subjects.indexOf(a.subject) - subjects.indexOf(b.subject) || rank[a.severity] - rank[b.severity],
  );
}

/** Errors in the files, and variables without a value. */
function checkText(
  { problems, loaded }: LoadResult,
  { t, phrases }: Pick<CheckInput, 't' | 'phrases'>,
): readonly Finding[] {
  const findings: Finding[] = [];
  for (const { code, severity, message, span, data } of problems) {
    const unset = code === 'unset-variable';
    if (severity !== 'error' && !unset) continue;
    const variable = unset ? variableIn(data) : undefined;
    findings.push({
      subject: unset ? 'variables' : 'files',
      severity: severity === 'error' ? 'error' : 'warning',
      message: formatPhrase(message, phrases),
      span,
      ...(variable !== undefined && {
        advice: t('Set it in .env, or give it a default: {0}', `\${${variable}:-…}`),
        fix: { kind: 'set-variable', variable },
      }),
    });
  }
  if (loaded !== undefined && !findings.some(({ subject }) => subject === 'variables'))
    findings.push({ subject: 'variables', severity: 'ok', message: t('Every variable has a value') });
  return findings;
}

function variableIn(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null || !('variable' in data)) return undefined;
  return typeof data.variable === 'string' ? data.variable : undefined;
}
