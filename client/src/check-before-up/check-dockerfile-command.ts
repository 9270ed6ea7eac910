import * as vscode from 'vscode';
import type { LoadedProject } from '#compose/load/request.ts';
import { mergedRecord } from '#compose/values/record.ts';
import { findSource } from '#engine/image-build/build-source.ts';
import { checkDockerfile } from '#engine/image-build/check-dockerfile.ts';
import { maskSecrets } from '../shared/mask.ts';
import { operate, type OperateContext } from '../stack/operation.ts';
import type { ExtensionScope, ProjectFilesContext } from '../workspace/contexts.ts';
import { type DockerfileRemark, remarksOf } from './dockerfile-diagnostics.ts';

const { l10n } = vscode;

/** Services that are built from one file, and checked for it. */
const mostServices = 5;

interface Built {
  readonly loaded: LoadedProject;
  readonly services: readonly string[];
}

/** Has the engine's builder check the Dockerfile in the editor, as the services are built that use it. What it finds stays in the Problems view until the file is edited. */
export async function checkDockerfileCommand(
  workbench: OperateContext & ExtensionScope & ProjectFilesContext,
): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (document === undefined || document.uri.scheme !== 'file') return;
  if (document.isDirty && !(await document.save())) return;
  const built = await builtFrom(workbench, document.uri.fsPath);
  const name = vscode.workspace.asRelativePath(document.uri);
  if (built === undefined) {
    void vscode.window.showInformationMessage(
      l10n.t(
        'No service in this workspace is built from {0}, so its arguments and target are not known.',
        name,
      ),
    );
    return;
  }
  const { loaded, services } = built;
  const remarks = await operate(workbench, {
    title: l10n.t('Check: {0}', name),
    project: loaded.project.name,
    again: () => checkDockerfileCommand(workbench),
    run: async (engine, _report, signal) => {
      const checks = [];
      for (const service of services)
        checks.push((await checkDockerfile(engine, loaded, service, signal)).check);
      return remarksOf(checks);
    },
  });
  if (remarks === undefined) return;
  workbench.once.of(DockerfileReports, undefined).collection.set(
    document.uri,
    remarks.map((remark) => diagnosticOf(remark, document)),
  );
  if (remarks.length === 0) vscode.window.setStatusBarMessage(l10n.t('{0}: no warnings', name), 5000);
  else await vscode.commands.executeCommand('workbench.actions.view.problems');
}

async function builtFrom({ files }: ProjectFilesContext, path: string): Promise<Built | undefined> {
  for (const { loaded } of files.declared) {
    if (loaded === undefined) continue;
    const services: string[] = [];
    for (const [name, service] of Object.entries(mergedRecord(loaded.disabled, loaded.project.services))) {
      const { build } = service;
      if (build === undefined || services.length === mostServices) continue;
      const source = await findSource({ name, service, build, loaded }).catch(() => undefined);
      if (source?.dockerfile.kind === 'file' && source.dockerfile.file === path) services.push(name);
    }
    if (services.length > 0) return { loaded, services };
  }
  return undefined;
}

/** What was found, until its file is edited. */
class DockerfileReports implements vscode.Disposable {
  readonly collection = vscode.languages.createDiagnosticCollection('dockerfile');
  readonly #edits = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    if (contentChanges.length > 0) this.collection.delete(document.uri);
  });

  dispose(): void {
    this.#edits.dispose();
    this.collection.dispose();
  }
}

function diagnosticOf(remark: DockerfileRemark, document: vscode.TextDocument): vscode.Diagnostic {
  const last = Math.max(0, document.lineCount - 1);
  const [start, end] = [Math.min(remark.start, last), Math.min(remark.end, last)];
  const range = new vscode.Range(start, 0, end, document.lineAt(end).text.length);
  const { Error: error, Warning: warning } = vscode.DiagnosticSeverity;
  const diagnostic = new vscode.Diagnostic(
    range,
    maskSecrets(remark.message),
    remark.severity === 'error' ? error : warning,
  );
  diagnostic.source = 'BuildKit';
  if (remark.rule !== '')
    diagnostic.code =
      remark.url === '' ? remark.rule : { value: remark.rule, target: vscode.Uri.parse(remark.url) };
  return diagnostic;
}
