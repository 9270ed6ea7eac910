import { stringOf, valueIn } from '../syntax/edit.ts';
import { goFormat } from '../syntax/go-format.ts';
import type { Node } from '../syntax/node.ts';
import type { ComposeFile } from './compose-files.ts';

/** A name as Docker Compose would make it valid: lower case, without other characters than letters, digits, `_` and `-`. */
export function normalizeProjectName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '')
    .replace(/^[_-]+/, '');
}

export function isProjectName(name: string): boolean {
  return normalizeProjectName(name) === name;
}

/** The `name:` of the files: the last one that is not empty. */
export function declaredName(files: readonly ComposeFile[]): Node | undefined {
  let name: Node | undefined;
  for (const file of files) {
    for (const document of file.documents) {
      const value = valueIn(document, 'name');
      if (nameText(value) !== '') name = value;
    }
  }
  return name;
}

/** Docker Compose takes a number for its digits here. */
export function nameText(node: Node | undefined): string {
  if (node?.kind !== 'scalar') return '';
  return stringOf(node) ?? goFormat(node);
}
