import type * as vscode from 'vscode';
import type { StackModel } from '../workspace/stack-model.ts';
import type { Stack, StackService } from '../workspace/stacks.ts';
import { type Places, placesIn, type ServicePlace } from './service-places.ts';

/** The project that a document is a file of, where there is one: of several the one it is the main file of. */
export function stackOf({ stacks }: StackModel, uri: vscode.Uri): Stack | undefined {
  if (uri.scheme !== 'file') return undefined;
  const path = uri.fsPath;
  const all = stacks.filter(({ declared }) => {
    const reference = declared?.reference;
    return (
      reference?.mainFile === path ||
      reference?.files.includes(path) === true ||
      declared?.loaded?.files.includes(path) === true
    );
  });
  return all.find(({ declared }) => declared?.reference.mainFile === path) ?? all[0];
}

interface Known {
  readonly version: number;
  readonly places: Places;
}

const known = new WeakMap<vscode.TextDocument, Known>();

/** Read once for each version of a document. */
export function placesOf(document: vscode.TextDocument): Places {
  const last = known.get(document);
  if (last?.version === document.version) return last.places;
  const places = placesIn(document.uri.toString(), document.getText());
  known.set(document, { version: document.version, places });
  return places;
}

/** The services of a document with what is known of each. */
export function servicesOf(
  model: StackModel,
  document: vscode.TextDocument,
): readonly { readonly stack: Stack; readonly service: StackService; readonly place: ServicePlace }[] {
  const stack = stackOf(model, document.uri);
  if (stack === undefined) return [];
  return placesOf(document).list.flatMap((place) => {
    const service = stack.services.find(({ name }) => name === place.name);
    return service === undefined ? [] : [{ stack, service, place }];
  });
}
