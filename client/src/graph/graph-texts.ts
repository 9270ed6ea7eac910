import * as vscode from 'vscode';
import type { GraphTexts } from '../../webview/graph/protocol.ts';

const { l10n } = vscode;

export function graphTexts(): GraphTexts {
  return {
    graph: l10n.t('Graph'),
    list: l10n.t('As a list'),
    export: l10n.t('Save as SVG…'),
    file: l10n.t('Open in the file'),
    logs: l10n.t('Logs'),
    shell: l10n.t('Shell'),
    dependsOn: l10n.t('Depends on'),
    ports: l10n.t('Ports'),
    networks: l10n.t('Networks'),
    volumes: l10n.t('Volumes'),
    image: l10n.t('Image'),
    empty: l10n.t('There are no services.'),
  };
}
