import type { Hover, ServerCapabilities } from 'vscode-languageserver';
import { nodeAt } from '#compose/syntax/at.ts';
import type { Span } from '#compose/syntax/span.ts';
import { type FeatureContext, onDocument } from '../context.ts';
import { schemaPath } from '../completion/schema-path.ts';
import { documentationOf } from '../convert/documentation.ts';
import { toRange } from '../convert/ranges.ts';
import { explainValue } from '../hover/values.ts';
import { hoverOfThing } from '../hover/things.ts';
import { hoverOfVariable } from '../hover/variables.ts';
import type { SourceFile } from '../workspace/files.ts';

/** Markdown about a range of the text. */
export interface Explanation {
  readonly markdown: string;
  readonly span: Pick<Span, 'start' | 'end'>;
}

/** What a variable is worth, what a name or anchor stands for, what an attribute means, how a value is understood. */
export function register(context: FeatureContext): Partial<ServerCapabilities> {
  context.connection.onHover((params, token) =>
    onDocument<Hover | null>(context, 'Hover', params.textDocument.uri, token, null, async (file) => {
      const offset = file.document.offsetAt(params.position);
      const explanation =
        (await hoverOfVariable(context, file, offset)) ??
        (await hoverOfThing(context, file, offset)) ??
        hoverOfPlace(file, offset);
      if (explanation === undefined) return null;
      return {
        contents: { kind: 'markdown', value: explanation.markdown },
        range: toRange(file.document, explanation.span),
      };
    }),
  );
  return { hoverProvider: true };
}

/** On a key its documentation; on a value how it is understood, and what is allowed there. */
function hoverOfPlace(file: SourceFile, offset: number): Explanation | undefined {
  for (const root of file.roots) {
    if (offset < root.span.start || offset > root.span.end) continue;
    const { nodes, path, onKey } = nodeAt(root, offset);
    const node = nodes.at(-1);
    if (node === undefined || path.length === 0) continue;
    const place = schemaPath(path);
    if (onKey) {
      const markdown = documentationOf(place);
      return markdown === undefined || node.keySpan === undefined
        ? undefined
        : { markdown, span: node.keySpan };
    }
    if (node.kind !== 'scalar' || node.span.start === node.span.end) return undefined;
    const markdown = explainValue(place, node);
    return markdown === undefined ? undefined : { markdown, span: node.span };
  }
  return undefined;
}
