import { valueIn } from '#compose/syntax/edit.ts';
import type { MapEntry } from '#compose/syntax/node.ts';
import type { SourceFile } from './files.ts';

/** The services that a file writes, of all its documents, as they are written. */
export function serviceEntries(file: SourceFile): readonly MapEntry[] {
  return file.roots.flatMap((root) => {
    const services = valueIn(root, 'services');
    return services?.kind === 'map' ? services.entries : [];
  });
}
