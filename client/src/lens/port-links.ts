import * as vscode from 'vscode';
import * as configuration from '../shared/configuration.ts';
import { composeLanguage } from '../ids.ts';
import { publishedPorts, publishedUrls } from '../tree/published.ts';
import { steady } from '../tree/row-text.ts';
import type { EngineSession } from '../workspace/engine-session.ts';
import type { StackModel } from '../workspace/stack-model.ts';
import { servicesOf } from './stack-of-document.ts';

const { l10n } = vscode;

/**
 * The published ports of services that run, as links to where they are published now. VS Code asks for links when a document changes or a
 * provider comes: so ours comes anew when other ports are published.
 */
export class PortLinks implements vscode.Disposable {
  readonly #stacks: StackModel;
  readonly #engine: EngineSession;
  #registered: vscode.Disposable | undefined;
  #shown = '';

  constructor(stacks: StackModel, engine: EngineSession) {
    this.#stacks = stacks;
    this.#engine = engine;
  }

  refresh(): void {
    const published = this.#stacks.stacks.flatMap(({ key, declared, services }) =>
      declared === undefined
        ? []
        : services.map(({ name, view }) => [key, name, publishedPorts(steady(view.containers))]),
    );
    const shown = JSON.stringify(published);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#registered?.dispose();
    this.#registered = vscode.languages.registerDocumentLinkProvider(
      { language: composeLanguage, scheme: 'file' },
      portLinks(this.#stacks, this.#engine),
    );
  }

  dispose(): void {
    this.#registered?.dispose();
  }
}

function portLinks(stacks: StackModel, engine: EngineSession): vscode.DocumentLinkProvider {
  return {
    provideDocumentLinks(document) {
      const endpoint = engine.current?.info.endpoint;
      if (endpoint === undefined || !configuration.editorPortLinks(document.uri)) return [];
      return servicesOf(stacks, document).flatMap(({ service, place }) =>
        place.ports.flatMap(({ span, target }) => {
          const containers = steady(service.view.containers).map((container) => ({
            ...container,
            ports: container.ports.filter(({ containerPort }) => containerPort === target),
          }));
          const [url] = publishedUrls(containers, endpoint);
          if (url === undefined) return [];
          const range = new vscode.Range(document.positionAt(span.start), document.positionAt(span.end));
          const link = new vscode.DocumentLink(range, vscode.Uri.parse(url));
          link.tooltip = l10n.t('Open {0}', url);
          return [link];
        }),
      );
    },
  };
}
