import type { LoadedProject } from '#compose/load/request.ts';
import { projectYaml } from '#compose/model/print-project.ts';
import type { Path } from '#compose/values/path.ts';
import { nodeAt } from '#compose/syntax/at.ts';
import type { Node, ScalarNode } from '#compose/syntax/node.ts';
import { parse } from '#compose/syntax/parse.ts';
import { isSecretName, maskSecrets } from '../shared/mask.ts';

/** A project as it is after everything is merged and filled in, as YAML, with a way back from the text to what it says. */
export interface MergedText {
  readonly text: string;
  /** The path of what stands at an offset: `['services', 'web', 'ports', 0]`. Empty where nothing does. */
  pathAt(offset: number): Path;
}

/** `secrets`: show the values of what is called like a secret. */
export function mergedText(loaded: LoadedProject, secrets: boolean): MergedText {
  const printed = projectYaml(loaded.project, loaded.tree);
  const text = secrets ? printed : masked(printed);
  const root = parse('merged:', text).documents[0]?.root;
  return { text, pathAt: (offset) => (root === undefined ? [] : nodeAt(root, offset).path) };
}

/** The text with every secret scalar replaced; the keys stay where they are. */
function masked(text: string): string {
  const root = parse('merged:', text).documents[0]?.root;
  const cuts: { readonly start: number; readonly end: number; readonly by: string }[] = [];
  for (const { scalar, path } of scalarsIn(root, [])) {
    const { span, source, style } = scalar;
    if (scalar.value === null || source === '') continue;
    const name = String(path.findLast((part) => typeof part === 'string') ?? '');
    const whole = isSecretValue(path, name);
    const by = whole ? '"***"' : maskSecrets(source);
    if (whole || by !== source)
      cuts.push({ start: span.start, end: trimmedEnd(text, span.end), by: whole ? by : quoted(by, style) });
  }
  let result = text;
  for (const { start, end, by } of cuts.sort((a, b) => b.start - a.start))
    result = result.slice(0, start) + by + result.slice(end);
  return result;
}

/** In an environment, build arguments and labels the name decides; the text of secrets is one always. */
function isSecretValue(path: Path, name: string): boolean {
  const [section, , key] = path;
  if (section === 'secrets') return key === 'content';
  if (section !== 'services') return false;
  const inVariables = path.some((part) => part === 'environment' || part === 'args' || part === 'labels');
  return inVariables && isSecretName(name);
}

/** A block scalar's line break stays. */
function trimmedEnd(text: string, end: number): number {
  let at = end;
  while (at > 0 && text[at - 1] === '\n') at -= 1;
  return at;
}

/** A plain scalar that was masked may no longer be one: `***` at its start would be an alias. */
function quoted(text: string, style: ScalarNode['style']): string {
  return style === 'plain' && !text.startsWith('*') ? text : JSON.stringify(text);
}

function scalarsIn(
  node: Node | undefined,
  path: Path,
): readonly { readonly scalar: ScalarNode; readonly path: Path }[] {
  if (node?.kind === 'scalar') return [{ scalar: node, path }];
  if (node?.kind === 'map')
    return node.entries.flatMap(({ key, value }) => scalarsIn(value, [...path, key.source]));
  if (node?.kind === 'seq') return node.items.flatMap((item, index) => scalarsIn(item, [...path, index]));
  return [];
}
