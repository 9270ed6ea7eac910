import * as vscode from 'vscode';
import type { State } from './container-state.ts';
import type { TreeRow } from './tree-row.ts';

/** The shape says as much as the colour. */
const icons: Readonly<Record<State, readonly [icon: string, color: string | undefined]>> = {
  healthy: ['pass-filled', 'charts.green'],
  running: ['circle-filled', 'charts.green'],
  starting: ['loading~spin', 'charts.yellow'],
  unhealthy: ['warning', 'problemsWarningIcon.foreground'],
  restarting: ['sync~spin', 'problemsWarningIcon.foreground'],
  paused: ['debug-pause', 'charts.yellow'],
  removing: ['loading~spin', 'disabledForeground'],
  created: ['circle-outline', undefined],
  exited: ['debug-stop', 'disabledForeground'],
  failed: ['error', 'problemsErrorIcon.foreground'],
  dead: ['error', 'problemsErrorIcon.foreground'],
  absent: ['circle-outline', 'disabledForeground'],
  off: ['circle-slash', 'disabledForeground'],
};

export function stateIcon(state: State): vscode.ThemeIcon {
  const [icon, color] = icons[state];
  return new vscode.ThemeIcon(icon, color === undefined ? undefined : new vscode.ThemeColor(color));
}

/** Projects have one shape; the colour repeats what the text says. */
export function projectIcon(state: State): vscode.ThemeIcon {
  const color =
    state === 'running' || state === 'unhealthy' ? new vscode.ThemeColor(icons[state][1] ?? '') : undefined;
  return new vscode.ThemeIcon('layers', color);
}

export function kindIcon(kind: TreeRow['kind']): vscode.ThemeIcon {
  switch (kind) {
    case 'networks':
    case 'network':
      return new vscode.ThemeIcon('type-hierarchy-sub');
    case 'files':
      return new vscode.ThemeIcon('files');
    case 'host':
      return new vscode.ThemeIcon('vm-connect');
    case 'swarm':
      return new vscode.ThemeIcon('server-environment');
    case 'engine':
      return new vscode.ThemeIcon('warning', new vscode.ThemeColor('problemsWarningIcon.foreground'));
    default:
      return new vscode.ThemeIcon('database');
  }
}

export function noteIcon(severity: 'error' | 'info' | 'empty'): vscode.ThemeIcon | undefined {
  if (severity === 'error')
    return new vscode.ThemeIcon('error', new vscode.ThemeColor('problemsErrorIcon.foreground'));
  return severity === 'info' ? new vscode.ThemeIcon('info') : undefined;
}
