import * as vscode from 'vscode';
import type { GraphTexts } from '../../webview/graph/protocol.ts';

const { l10n } = vscode;

export function graphTexts(): GraphTexts {
  return {
    graph: l10n.t('Graph'),
    list: l10n.t('As a list'),
    export: l10n.t('Save…'),
    file: l10n.t('Open in the file'),
    logs: l10n.t('Logs'),
    shell: l10n.t('Shell'),
    dependsOn: l10n.t('Depends on'),
    ports: l10n.t('Ports'),
    networks: l10n.t('Networks'),
    volumes: l10n.t('Volumes'),
    image: l10n.t('Image'),
    empty: l10n.t('There are no services.'),
    zoomIn: l10n.t('Zoom in'),
    zoomOut: l10n.t('Zoom out'),
    fit: l10n.t('Fit'),
    search: l10n.t('Find a service'),
    group: l10n.t('Groups'),
    groups: {
      none: l10n.t('No groups'),
      network: l10n.t('By network'),
      profile: l10n.t('By profile'),
    },
    ungrouped: l10n.t('Without'),
    keys: l10n.t('Keys'),
    keysText: l10n.t(
      '+ and − zoom, 0 fits, arrow keys move, / finds, Tab goes from service to service. On a service: Enter opens its line, u Up, s Stop, r Restart, l Logs, e Shell.',
    ),
  };
}
