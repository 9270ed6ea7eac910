import type { CodeAction } from 'vscode-languageserver';
import { CodeActionKind } from 'vscode-languageserver';
import { nodeAt } from '#compose/syntax/at.ts';
import { stringOf } from '#compose/syntax/edit.ts';
import { formatPhrase } from '#compose/problem/format-phrase.ts';
import { splitReference } from '#compose/values/image-reference.ts';
import type { FeatureContext } from '../context.ts';
import { toRange } from '../to-lsp/ranges.ts';
import { meantPath } from '../workspace/meant-path.ts';
import type { SourceFile } from '../workspace/files.ts';
import { wording } from '../words/words.ts';

/** What is kept of an action until it is chosen: only then the registry is asked. */
interface Pin {
  readonly uri: string;
  readonly version: number;
  readonly image: string;
  readonly tag: string;
  /** Behind the tag. */
  readonly at: number;
}

/** *Pin digest* for an image whose tag is spelled out; nothing where registries may not be asked, or the client does not resolve actions. */
export function pinAction(
  { client, tags, words }: FeatureContext,
  file: SourceFile,
  offset: number,
): CodeAction[] {
  if (tags === undefined || !client.resolvesEdits) return [];
  const root = file.roots.find(({ span }) => offset >= span.start && offset <= span.end);
  if (root === undefined) return [];
  const { nodes, path, onKey } = nodeAt(root, offset);
  const node = nodes.at(-1);
  const place = meantPath(file, path);
  if (
    node?.kind !== 'scalar' ||
    onKey ||
    place.length !== 3 ||
    place[0] !== 'services' ||
    place[2] !== 'image'
  )
    return [];
  const text = stringOf(node) ?? '';
  const { tag, digest } = splitReference(text);
  const start = file.text.indexOf(text, node.span.start);
  if (!tag || digest !== undefined || /[$\s]/.test(text) || start === -1 || start > node.span.end) return [];
  const data: Pin = {
    uri: file.uri,
    version: file.document.version,
    image: text,
    tag,
    at: start + text.length,
  };
  return [
    { title: formatPhrase(wording('fix.pin-digest'), words), kind: CodeActionKind.RefactorRewrite, data },
  ];
}

/** The action with its edit. Rejects with what a person is told when the registry does not say, or the document is another one by now. */
export async function pinned(
  { tags, words, workspace }: FeatureContext,
  action: CodeAction,
): Promise<CodeAction> {
  const pin: unknown = action.data;
  if (!isPin(pin)) return action;
  const refusal = () => new Error(formatPhrase(wording('fix.no-digest', { image: pin.image }), words));
  const digest = await tags?.digest(pin.image, pin.tag).catch(() => undefined);
  const file = workspace.open(pin.uri);
  if (digest === undefined || file?.document.version !== pin.version) throw refusal();
  const range = toRange(file.document, { start: pin.at, end: pin.at });
  return { ...action, edit: { changes: { [pin.uri]: [{ range, newText: `@${digest}` }] } } };
}

function isPin(value: unknown): value is Pin {
  return (
    typeof value === 'object' &&
    value !== null &&
    'uri' in value &&
    'version' in value &&
    'image' in value &&
    'tag' in value &&
    'at' in value
  );
}
