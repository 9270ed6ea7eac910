import * as vscode from 'vscode';
import type { State } from '#engine/observe/states.ts';
import { stateLooks, toneColors } from './state-look.ts';
import type { TreeRow } from './tree-row.ts';

export function stateIcon(state: State): vscode.ThemeIcon {
  const { icon, tone } = stateLooks[state];
  return new vscode.ThemeIcon(icon, new vscode.ThemeColor(toneColors[tone]));
}

/** Projects have one shape; the colour repeats what the text says. */
export function projectIcon(state: State, isBroken: boolean): vscode.ThemeIcon {
  const { tone } = stateLooks[state];
  const shown = isBroken && tone !== 'bad' ? 'warning' : tone;
  // What rests is no less a project: it is drawn like any other thing, unless nobody knows.
  if (shown === 'quiet' && state !== 'unknown') return new vscode.ThemeIcon('layers');
  return new vscode.ThemeIcon('layers', new vscode.ThemeColor(toneColors[shown]));
}

export function kindIcon(kind: TreeRow['kind'] | 'provider'): vscode.ThemeIcon {
  switch (kind) {
    case 'networks':
    case 'network':
      return new vscode.ThemeIcon('type-hierarchy-sub');
    case 'files':
      return new vscode.ThemeIcon('files');
    case 'snapshot':
      return new vscode.ThemeIcon('archive');
    case 'begin':
      return new vscode.ThemeIcon('new-folder');
    case 'others':
      return new vscode.ThemeIcon('package');
    case 'host':
      return new vscode.ThemeIcon('vm-connect');
    case 'provider':
      return new vscode.ThemeIcon('plug');
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
