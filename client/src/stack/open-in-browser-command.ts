import * as vscode from 'vscode';
import { isLive } from '#engine/api/is-live.ts';
import { publishedUrls } from '../tree/published.ts';
import { containersOf, titleOf } from './selected.ts';
import { type SelectContext, select } from './selection.ts';

const { l10n } = vscode;

/** Opens a published port in the browser. */
export async function openInBrowserCommand(
  workbench: SelectContext,
  args: readonly unknown[],
): Promise<void> {
  for (const selection of await select(workbench, args)) {
    const engine = await workbench.engines.of(selection.stack).engine(AbortSignal.timeout(10_000));
    const urls = publishedUrls(containersOf(selection).filter(isLive), engine.info.endpoint);
    if (urls.length === 0) {
      void vscode.window.showInformationMessage(
        l10n.t('{0} does not publish any ports right now.', titleOf(selection)),
      );
      continue;
    }
    const url =
      urls.length === 1
        ? urls[0]
        : await vscode.window.showQuickPick(urls, { placeHolder: l10n.t('Select the address to open') });
    if (url !== undefined) await vscode.env.openExternal(vscode.Uri.parse(url));
  }
}
