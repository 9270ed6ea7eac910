import type { Diagnostic } from 'vscode-languageserver';
import type { DclintConfig } from '#compose/check/dclint/config.ts';
import { dclint, dclintSeverities } from '#compose/check/dclint/rules.ts';
import { lintGroupOf, lintRules } from '#compose/check/lint/lint.ts';
import { swarmProblems } from '#compose/check/swarm/rules.ts';
import { versionProblems } from '#compose/check/version/rules.ts';
import { type Suppressions, suppressionsIn } from '#compose/check/suppression.ts';
import type { Problem } from '#compose/problem/problem.ts';
import type { FeatureContext } from '../context.ts';
import type { SeveritySetting } from '../protocol.ts';
import { toDiagnostic } from '../to-lsp/diagnostics.ts';
import { practiceRemarks } from '../workspace/file-problems.ts';
import type { SourceFile } from '../workspace/files.ts';
import { isStackFile } from '../workspace/stack-files.ts';
import { mergedRecord, recordOf } from '#compose/values/record.ts';
import { withImageHealth } from './image-health.ts';
import { usesOfModels } from './model-runner.ts';
import { newerImages, olderImages } from './newer-images.ts';

/** What of the server it takes to say what is wrong with a file. */
export type DiagnosticsContext = Pick<
  FeatureContext,
  | 'workspace'
  | 'projects'
  | 'diagnoser'
  | 'configs'
  | 'settings'
  | 'diagnosticsPage'
  | 'words'
  | 'imageHealthChecks'
  | 'olderImages'
  | 'hasModelRunner'
> &
  Partial<Pick<FeatureContext, 'tags'>>;

/** A document's problems as the client is to see them: severities, suppressions and the level of practice applied. */
export async function diagnosticsOf(
  context: DiagnosticsContext,
  file: SourceFile,
  found: readonly Problem[],
): Promise<Diagnostic[]> {
  const suppressions = file.derive(suppressionsOf);
  const own = await context.configs.own(file.path);
  if (own !== undefined && isStackFile(file.path, own.exclude)) return [];
  const practice = own?.practice ?? context.settings.diagnostics.practice;
  const configured = file.isEnv ? undefined : await context.configs.dclint(file.path);
  const { targetVersion } = context.settings;
  const isStack =
    !file.isEnv &&
    (targetVersion === 'swarm' ||
      isStackFile(file.path, own?.stackFiles ?? context.settings.swarm.stackFiles));
  // Of files that nobody looks at, registries are not asked.
  const isOpen = !file.isEnv && context.workspace.open(file.uri) === file;
  const severity = mergedRecord<SeveritySetting>(
    configured === undefined ? undefined : recordOf(dclintSeverities(configured)),
    context.settings.diagnostics.severity,
    own?.severity,
  );
  const problems = [
    ...withImageHealth(found, context.imageHealthChecks),
    ...(!file.isEnv && isPracticeWanted(practice, severity) ? file.derive(practiceRemarks) : []),
    ...(context.hasModelRunner === false && !file.isEnv ? file.roots.flatMap(usesOfModels) : []),
    ...(isOpen && context.tags !== undefined ? await newerImages(file, context.tags) : []),
    ...(isOpen ? olderImages(file, context.olderImages) : []),
    ...(configured === undefined ? [] : dclintProblems(file, configured)),
    ...(isStack ? file.roots.flatMap(swarmProblems) : []),
    ...(file.isEnv ? [] : file.roots).flatMap((root) => versionProblems(root, targetVersion)),
  ];
  const settings = { ...context.settings, diagnostics: { ...context.settings.diagnostics, severity } };
  const diagnostics: Diagnostic[] = [];
  for (const problem of problems) {
    const group = lintGroupOf(problem.code);
    const wanted = group === undefined || group === 'trap' || practice === 'all' || practice === group;
    if (!wanted && severity[problem.code] === undefined) continue;
    const diagnostic = toDiagnostic(problem, file.document, {
      settings,
      diagnosticsPage: context.diagnosticsPage,
      phrases: context.words,
      document: (uri) => context.workspace.known(uri)?.document,
    });
    if (diagnostic === undefined) continue;
    if (!suppressions.isSuppressed(problem.code, diagnostic.range.start.line)) diagnostics.push(diagnostic);
  }
  return diagnostics;
}

const practiceCodes = lintRules.flatMap(({ code, group }) => (group === 'practice' ? [code] : []));

function isPracticeWanted(practice: string, severity: Readonly<Record<string, SeveritySetting>>): boolean {
  return practice === 'all' || practiceCodes.some((code) => severity[code] !== undefined);
}

function dclintProblems(file: SourceFile, config: DclintConfig): readonly Problem[] {
  return file.roots.flatMap((root) => dclint(root, config));
}

function suppressionsOf(file: SourceFile): Suppressions {
  return suppressionsIn(file.text);
}
