import * as vscode from 'vscode';
import { showReport } from '../shared/report-editor.ts';
import { operate, type OperateContext } from '../stack/operation.ts';
import type { ExtensionScope } from '../workspace/contexts.ts';
import { diskDocument } from './disk-document.ts';
import { calledEngine } from './called-engine.ts';

const { l10n } = vscode;

/** Shows what takes room on an engine, and what of it can safely go. */
export async function diskCommand(
  workbench: OperateContext & ExtensionScope,
  args: readonly unknown[],
): Promise<void> {
  const engine = calledEngine(args);
  const title = l10n.t('Disk Usage');
  const usage = await operate(workbench, {
    title,
    project: '',
    engine,
    again: () => diskCommand(workbench, args),
    run: (port, _report, signal) => port.inspectDisk(signal),
  });
  if (usage === undefined) return;
  const endpoint = workbench.engines.of({ engine }).current?.info.endpoint ?? '';
  await showReport(workbench, title, diskDocument(l10n.t('{0}: {1}', title, endpoint), usage, l10n.t));
}
