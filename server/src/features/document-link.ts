import { resolve } from '#system/path.ts';
import type { DocumentLink, ServerCapabilities } from 'vscode-languageserver';
import { fileReferencesIn } from '#compose/model/file-references.ts';
import { imagePage, repositoryName } from '#compose/model/image-page.ts';
import { innerSpan } from '#compose/model/symbols.ts';
import { PatternTable } from '#compose/values/path.ts';
import { eachMatch } from '#compose/syntax/matches.ts';
import { stringOf } from '#compose/syntax/edit.ts';
import { type FeatureContext, onDocument } from '../context.ts';
import { toRange } from '../to-lsp/ranges.ts';
import { directoryFor } from '../workspace/directories.ts';
import type { SourceFile } from '../workspace/files.ts';

/** Links to the files that a compose file names, if they exist, and to the pages of images and models. */
export function register(context: FeatureContext): Partial<ServerCapabilities> {
  context.connection.onDocumentLinks((params, token) =>
    onDocument<DocumentLink[]>(context, 'Links', params.textDocument.uri, token, [], async (file) => [
      ...(await fileLinks(context, file)),
      ...imageLinks(file),
    ]),
  );
  return { documentLinkProvider: { resolveProvider: false } };
}

async function fileLinks(context: FeatureContext, file: SourceFile): Promise<DocumentLink[]> {
  const { workspace, projects } = context;
  const directory = directoryFor(file, await projects.of(file.path));
  const links: DocumentLink[] = [];
  for (const root of file.roots) {
    for (const reference of fileReferencesIn(root)) {
      const path = resolve(directory, reference.under ?? '.', reference.text);
      const target = reference.kind === 'context' ? resolve(path, 'Dockerfile') : path;
      if ((await workspace.files.stat(target)) !== 'file') continue;
      links.push({
        range: toRange(file.document, reference.span),
        target: workspace.uriOf(target),
        tooltip: target,
      });
    }
  }
  return links;
}

const imageRules = new PatternTable<true>([
  ['services.*.image', true],
  ['models.*.model', true],
]);

function imageLinks(file: SourceFile): DocumentLink[] {
  const links: DocumentLink[] = [];
  for (const root of file.roots) {
    eachMatch(root, imageRules, ({ node }) => {
      if (node.kind !== 'scalar') return;
      const text = stringOf(node) ?? '';
      const page = imagePage(text);
      const name = repositoryName(text);
      if (page === undefined || name === undefined) return;
      const { start } = innerSpan(node);
      links.push({
        range: toRange(file.document, { start, end: start + name.length }),
        target: page,
      });
    });
  }
  return links;
}
