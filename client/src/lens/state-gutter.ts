import * as vscode from 'vscode';
import { composeLanguage } from '../ids.ts';
import * as configuration from '../shared/configuration.ts';
import type { Sign } from '../tree/state-look.ts';
import type { StackModel } from '../workspace/stack-model.ts';
import { gutterSign } from './gutter-sign.ts';
import { servicesOf } from './stack-of-document.ts';

/** The shape says as much as the colour. */
const shapes: Readonly<Record<Sign, string>> = {
  good: '<circle cx="8" cy="8" r="3.5" fill="#3fa55a"/>',
  busy: '<circle cx="8" cy="8" r="3.25" fill="none" stroke="#c89b2c" stroke-width="1.8"/>',
  partial:
    '<circle cx="8" cy="8" r="3.5" fill="none" stroke="#c89b2c" stroke-width="1.4"/><path d="M8 4.5a3.5 3.5 0 0 0 0 7z" fill="#c89b2c"/>',
  bad: '<path d="M4.8 4.8l6.4 6.4M11.2 4.8l-6.4 6.4" stroke="#e0564c" stroke-width="2.2" stroke-linecap="round"/>',
  ended: '<rect x="5.2" y="5.2" width="5.6" height="5.6" rx="1" fill="#8b8b8b"/>',
  unknown:
    '<circle cx="8" cy="8" r="3.25" fill="none" stroke="#8b8b8b" stroke-width="1.4" stroke-dasharray="2 1.6"/>',
};

/** A small icon beside each service that has containers, in every editor of a compose file that is seen. */
export class StateGutter implements vscode.Disposable {
  readonly #stacks: StackModel;
  readonly #types = new Map<Sign, vscode.TextEditorDecorationType>();

  constructor(stacks: StackModel) {
    this.#stacks = stacks;
  }

  refresh(): void {
    for (const editor of vscode.window.visibleTextEditors)
      if (editor.document.languageId === composeLanguage) this.#show(editor);
  }

  dispose(): void {
    for (const type of this.#types.values()) type.dispose();
  }

  #show(editor: vscode.TextEditor): void {
    const { document } = editor;
    const ranges = new Map<Sign, vscode.Range[]>();
    const services = configuration.editorGutter(document.uri) ? servicesOf(this.#stacks, document) : [];
    for (const { service, place } of services) {
      const sign = gutterSign(service);
      if (sign === undefined) continue;
      const position = document.positionAt(place.key.start);
      ranges.set(sign, [...(ranges.get(sign) ?? []), new vscode.Range(position, position)]);
    }
    for (const sign of Object.keys(shapes) as Sign[])
      if (ranges.has(sign) || this.#types.has(sign))
        editor.setDecorations(this.#type(sign), ranges.get(sign) ?? []);
  }

  #type(sign: Sign): vscode.TextEditorDecorationType {
    const known = this.#types.get(sign);
    if (known !== undefined) return known;
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16">${shapes[sign]}</svg>`;
    const type = vscode.window.createTextEditorDecorationType({
      gutterIconPath: vscode.Uri.parse(`data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`),
      gutterIconSize: 'contain',
      rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    });
    this.#types.set(sign, type);
    return type;
  }
}
