import { hoverInEnv } from '../env/env-hover.ts';
import type { Explanation } from './explanation.ts';
import type { Hover, Position } from 'vscode-languageserver';
import { nodeAt } from '#compose/syntax/at.ts';
import { stringOf } from '#compose/syntax/edit.ts';
import type { FeatureContext } from '../context.ts';
import { meantPath } from '../workspace/meant-path.ts';
import { documentationOf } from '../to-lsp/documentation.ts';
import { toRange } from '../to-lsp/ranges.ts';
import { explainValue } from './values.ts';
import { hoverOfRemote } from './remote.ts';
import { hoverOfThing } from './things.ts';
import { tagsOfImage } from './tags.ts';
import { hoverOfVariable } from './variables.ts';
import type { SourceFile } from '../workspace/files.ts';
import type { Words } from '../words/words.ts';

/** What a variable is worth, what a name or anchor stands for, what an attribute means, how a value is understood. */
export async function hoverInCompose(
  context: FeatureContext,
  file: SourceFile,
  position: Position,
): Promise<Hover | null> {
  const offset = file.document.offsetAt(position);
  const explanation =
    (await hoverOfVariable(context, file, offset)) ??
    (await hoverOfRemote(context, file, offset)) ??
    (await hoverOfThing(context, file, offset)) ??
    (await withTags(context, hoverOfPlace(file, offset, context.words)));
  return hoverOf(file, explanation);
}

/** Who uses a name of an env file, and what wins over it. */
export async function hoverInEnvFile(
  context: FeatureContext,
  file: SourceFile,
  position: Position,
): Promise<Hover | null> {
  return hoverOf(file, await hoverInEnv(context, file, file.document.offsetAt(position)));
}

function hoverOf(file: SourceFile, explanation: Explanation | undefined): Hover | null {
  if (explanation === undefined) return null;
  return {
    contents: { kind: 'markdown', value: explanation.markdown },
    range: toRange(file.document, explanation.span),
  };
}

/** Of an image also what its registry has, as far as that is known. */
async function withTags(
  { tags, words }: FeatureContext,
  found: PlaceExplanation | undefined,
): Promise<Explanation | undefined> {
  if (found === undefined) return undefined;
  const about =
    found.image === undefined || tags === undefined ? undefined : await tagsOfImage(tags, found.image, words);
  const parts = [found.markdown, about].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : { markdown: parts.join('\n\n'), span: found.span };
}

interface PlaceExplanation {
  readonly markdown: string | undefined;
  readonly span: Explanation['span'];
  /** The image that is written there. */
  readonly image?: string;
}

/** On a key its documentation; on a value how it is understood, and what is allowed there. */
function hoverOfPlace(file: SourceFile, offset: number, words: Words): PlaceExplanation | undefined {
  for (const root of file.roots) {
    if (offset < root.span.start || offset > root.span.end) continue;
    const { nodes, path, onKey } = nodeAt(root, offset);
    const node = nodes.at(-1);
    if (node === undefined || path.length === 0) continue;
    const place = meantPath(file, path);
    if (onKey) {
      const markdown = documentationOf(place, words);
      return markdown === undefined || node.keySpan === undefined
        ? undefined
        : { markdown, span: node.keySpan };
    }
    if (node.kind !== 'scalar' || node.span.start === node.span.end) return undefined;
    const markdown = explainValue(place, node, words);
    const image = place.length === 3 && place[2] === 'image' ? stringOf(node) : undefined;
    return { markdown, span: node.span, ...(image === undefined ? {} : { image }) };
  }
  return undefined;
}
