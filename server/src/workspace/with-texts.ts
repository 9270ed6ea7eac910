import { LinedDocument } from '../to-lsp/lined-document.ts';
import type { Host } from '#compose/load/host.ts';
import { SourceFile } from './files.ts';
import type { Workspace } from './workspace.ts';

/** A host on which some paths have other texts. What an open document shares with its other text is not parsed again. */
export function withTexts(
  host: Host,
  texts: ReadonlyMap<string, string>,
  workspace: Pick<Workspace, 'known'>,
): Host {
  const parsed = new Map<string, SourceFile>();
  return {
    ...host,
    files: {
      ...host.files,
      async read(path, kind, named) {
        const text = texts.get(path);
        return text === undefined ? host.files.read(path, kind, named) : { kind: 'text', text };
      },
      async stat(path) {
        return texts.has(path) ? 'file' : host.files.stat(path);
      },
    },
    parsed(uri, text) {
      const known = workspace.known(uri);
      if (known === undefined || known.text === text) return host.parsed?.(uri, text);
      const file =
        parsed.get(uri) ??
        new SourceFile(new LinedDocument(uri, 'dockercompose', 0, text), known.path, known);
      parsed.set(uri, file);
      return file.text === text ? file.parsed : undefined;
    },
  };
}
