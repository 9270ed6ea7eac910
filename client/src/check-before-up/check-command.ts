import { join } from 'node:path';
import * as vscode from 'vscode';
import { explain } from '#compose/load/explain.ts';
import type { LoadResult } from '#compose/load/request.ts';
import { catalogueFor } from '#compose/problem/catalogues.ts';
import type { Span } from '#compose/problem/span.ts';
import { operate, type OperateContext } from '../stack/operation.ts';
import { nodeHost } from '#engine/project/disk-host.ts';
import { pullImages } from '#engine/operations/pull.ts';
import { declaredOnEngine } from '../environments/declared-of.ts';
import { maskSecrets } from '../shared/mask.ts';
import type { SelectContext } from '../stack/selection.ts';
import type { ExtensionScope, ProjectFilesContext } from '../workspace/contexts.ts';
import type { DeclaredProject } from '../workspace/declared.ts';
import type { OnEngine } from '../workspace/engines.ts';
import { ProblemReports, rangeOf, type ReportedProblem } from '../workspace/problem-reports.ts';
import { checkBeforeUp } from './check.ts';
import { type Finding, type Fix, type Subject, subjects } from './finding.ts';
import { programOnPort } from '../../../engine/observe/port-program.ts';

const { l10n } = vscode;

/** Beside what the language server says, until the next check. */
class CheckReports extends ProblemReports {
  constructor() {
    super({ besideEditors: true });
  }
}

/** A project, and the engine it is to come up on. */
type Checked = OnEngine & { readonly declared: DeclaredProject };

interface Item extends vscode.QuickPickItem {
  readonly act?: () => unknown;
}

const icons = {
  error: new vscode.ThemeIcon('error', new vscode.ThemeColor('problemsErrorIcon.foreground')),
  warning: new vscode.ThemeIcon('warning', new vscode.ThemeColor('problemsWarningIcon.foreground')),
  ok: new vscode.ThemeIcon('pass', new vscode.ThemeColor('charts.green')),
} as const;

/** Looks at everything an Up will need, changes nothing, and lists what it found: each entry leads to its line, or mends it. */
export async function checkBeforeUpCommand(
  workbench: OperateContext & SelectContext & ExtensionScope,
  args: readonly unknown[],
): Promise<void> {
  const project = await declaredOnEngine(workbench, args);
  if (project !== undefined) await check(workbench, project);
}

async function check(
  workbench: OperateContext & ExtensionScope & ProjectFilesContext,
  project: Checked,
): Promise<void> {
  const { declared, engine: where } = project;
  const again = () => check(workbench, project);
  const result = await workbench.files.load(declared.reference);
  const findings = await operate(workbench, {
    title: l10n.t('Check: {0}', declared.name),
    project: declared.name,
    engine: where,
    again,
    run: (engine, _report, signal) => {
      const { files } = nodeHost({});
      const phrases = catalogueFor(vscode.env.language);
      return checkBeforeUp({ result, files, engine, portHolder: programOnPort, t: l10n.t, phrases }, signal);
    },
  });
  if (findings === undefined) return;
  const located = findings.map((finding) => ({ finding, span: spanOf(finding, result) }));
  await workbench.once
    .of(CheckReports, workbench)
    .show(located.flatMap(({ finding, span }) => toProblem(finding, span)));
  const wrong = findings.filter(({ severity }) => severity !== 'ok').length;
  const picked = await vscode.window.showQuickPick(items(workbench, project, located, again), {
    title:
      wrong === 0
        ? l10n.t('{0} is ready for Up', declared.name)
        : l10n.t('{0}: items to check before Up: {1}', declared.name, wrong),
    placeHolder: l10n.t('Select an item to go to its line or to apply its fix'),
    matchOnDetail: true,
  });
  await picked?.act?.();
}

function items(
  workbench: OperateContext,
  project: Checked,
  located: readonly { readonly finding: Finding; readonly span: Span | undefined }[],
  again: () => unknown,
): readonly Item[] {
  const titles: Readonly<Record<Subject, string>> = {
    files: l10n.t('Files'),
    variables: l10n.t('Variables'),
    ports: l10n.t('Ports'),
    images: l10n.t('Images'),
    engine: l10n.t('Engine'),
  };
  return subjects.flatMap((subject): Item[] => {
    const own = located.filter(({ finding }) => finding.subject === subject);
    if (own.length === 0) return [];
    return [
      { label: titles[subject], kind: vscode.QuickPickItemKind.Separator },
      ...own.flatMap(({ finding, span }): Item[] => {
        const { severity, message, advice, fix } = finding;
        return [
          {
            label: maskSecrets(message),
            iconPath: icons[severity],
            ...(advice !== undefined && { detail: maskSecrets(advice) }),
            ...(span !== undefined && { description: placeOf(span), act: () => goTo(span) }),
          },
          ...(fix === undefined ? [] : [fixItem(workbench, project, fix, again)]),
        ];
      }),
    ];
  });
}

function fixItem(workbench: OperateContext, project: Checked, fix: Fix, again: () => unknown): Item {
  const iconPath = new vscode.ThemeIcon('wrench');
  switch (fix.kind) {
    case 'pull':
      return {
        label: l10n.t('Pull {0} now', fix.reference),
        iconPath,
        act: () => pull(workbench, project, fix, again),
      };
    case 'stop':
      return {
        label: l10n.t('Stop {0}', fix.name),
        iconPath,
        act: () => stop(workbench, project, fix, again),
      };
    case 'set-variable':
      return {
        label: l10n.t('Set {0} in .env', fix.variable),
        iconPath,
        act: () => setVariable(project.declared, fix.variable),
      };
  }
}

async function pull(
  workbench: OperateContext,
  project: Checked,
  fix: Extract<Fix, { kind: 'pull' }>,
  again: () => unknown,
): Promise<void> {
  const { reference, platform } = fix;
  const done = await operate(workbench, {
    title: l10n.t('Pull: {0}', reference),
    project: project.declared.name,
    engine: project.engine,
    again: () => pull(workbench, project, fix, again),
    run: async (engine, report, signal) => {
      const wanted = { reference, ...(platform !== undefined && { platform }) };
      await pullImages(engine, [wanted], () => false, report, signal);
      return true;
    },
  });
  if (done === true) await again();
}

async function stop(
  workbench: OperateContext,
  project: Checked,
  fix: Extract<Fix, { kind: 'stop' }>,
  again: () => unknown,
): Promise<void> {
  const { id, name } = fix;
  const done = await operate(workbench, {
    title: l10n.t('Stop: {0}', name),
    project: project.declared.name,
    engine: project.engine,
    again: () => stop(workbench, project, fix, again),
    run: async (engine, report, signal) => {
      report({ kind: 'container', name, status: 'Stopping' });
      await engine.stopContainer(id, {}, signal);
      report({ kind: 'container', name, status: 'Stopped' });
      return true;
    },
  });
  if (done === true) await again();
}

/** Opens the file of variables with a line for this one, not saved: its value is the user's to give. */
async function setVariable({ reference }: DeclaredProject, variable: string): Promise<void> {
  const path = reference.envFiles?.at(-1) ?? join(reference.directory, '.env');
  const uri = vscode.Uri.file(path);
  const exists = (await nodeHost({}).files.stat(path)) === 'file';
  const document = await vscode.workspace.openTextDocument(exists ? uri : uri.with({ scheme: 'untitled' }));
  const editor = await vscode.window.showTextDocument(document);
  const last = document.lineAt(document.lineCount - 1);
  const text = `${last.text === '' ? '' : '\n'}${variable}=`;
  await editor.edit((edit) => edit.insert(last.range.end, text));
  const end = document.lineAt(document.lineCount - 1).range.end;
  editor.selection = new vscode.Selection(end, end);
}

function spanOf({ span, path }: Finding, { loaded }: LoadResult): Span | undefined {
  if (span !== undefined) return span;
  if (loaded === undefined || path === undefined) return undefined;
  const found = explain(loaded, path)?.setAt.span;
  return found?.uri.startsWith('file:') === true ? found : undefined;
}

function toProblem(
  { subject, severity, message, advice }: Finding,
  span: Span | undefined,
): readonly ReportedProblem[] {
  // Errors in the files and variables without a value are the language server's to report.
  if (span === undefined || severity === 'ok' || subject === 'variables') return [];
  const text = advice === undefined ? message : `${message}. ${advice}`;
  return [{ code: `check-${subject}`, message: maskSecrets(text), severity, span }];
}

function placeOf({ uri }: Span): string {
  return vscode.workspace.asRelativePath(vscode.Uri.parse(uri));
}

async function goTo(span: Span): Promise<void> {
  await vscode.window.showTextDocument(vscode.Uri.parse(span.uri), { selection: await rangeOf(span) });
}
