import * as vscode from 'vscode';
import { parseShellWords } from '#compose/values/shellwords.ts';
import { maskSecrets } from '../shared/mask.ts';
import type { CommandHistory } from './command-history.ts';

const { l10n } = vscode;

interface Entry extends vscode.QuickPickItem {
  readonly line: string;
}

/** A command line for a service: one that was run before, or a new one. `undefined`: none. It is remembered by whoever runs it. */
export function askCommand(
  history: CommandHistory,
  place: { readonly project: string; readonly service: string; readonly title: string },
): Promise<string | undefined> {
  const { project, service, title } = place;
  const pick = vscode.window.createQuickPick<Entry>();
  const forget: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('close'),
    tooltip: l10n.t('Forget'),
  };
  const show = () => {
    const typed = pick.value.trim();
    const before = history.of(project, service);
    const entries = before.map(
      (line): Entry => ({
        label: maskSecrets(line),
        line,
        iconPath: new vscode.ThemeIcon('history'),
        buttons: [forget],
      }),
    );
    const fresh: Entry = {
      label: typed,
      line: typed,
      description: l10n.t('run this'),
      iconPath: new vscode.ThemeIcon('play'),
      alwaysShow: true,
    };
    pick.items = typed === '' || before.includes(typed) ? entries : [fresh, ...entries];
  };
  pick.title = title;
  pick.placeholder = l10n.t('A command, as you would type it in a shell: npm test');
  show();
  pick.onDidChangeValue(show);
  pick.onDidTriggerItemButton(async ({ item }) => {
    await history.remove(project, service, item.line);
    show();
  });
  pick.show();
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      const line = pick.selectedItems[0]?.line ?? pick.value.trim();
      resolve(line === '' ? undefined : line);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
  });
}

/** A command line's words; what only a shell understands is left to the container's. */
export function commandWords(line: string): readonly string[] {
  if (/[|&;<>$`*~]/.test(line)) return ['sh', '-c', line];
  const parsed = parseShellWords(line);
  return parsed.kind === 'words' ? parsed.words : ['sh', '-c', line];
}
