import type { LoadedProject } from '#compose/load/request.ts';
import { projectYaml } from '#compose/model/print-project.ts';
import type { Path } from '#compose/values/path.ts';
import { nodeAt } from '#compose/syntax/at.ts';
import type { Node, ScalarNode } from '#compose/syntax/node.ts';
import { parse } from '#compose/syntax/parse.ts';
import { isNoSecretValue } from '#compose/check/secrets/plain-value.ts';
import { isSecretName } from '#compose/check/secrets/secret-name.ts';
import { isCommandName } from '#compose/check/secrets/secret-words.ts';
import { isSecretVariable } from '#compose/check/secrets/secret-variable.ts';
import { maskSecrets, maskWords } from '../shared/mask.ts';

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
  for (const { scalar, path, words } of scalarsIn(root, [])) {
    const { span, source, style } = scalar;
    if (scalar.value === null || source === '') continue;
    const whole = isSecretValue(path, source);
    const by = whole
      ? '"***"'
      : words === undefined
        ? maskSecrets(source)
        : (words[Number(path.at(-1))] ?? '');
    if (whole || by !== source)
      cuts.push({ start: span.start, end: trimmedEnd(text, span.end), by: whole ? by : quoted(by, style) });
  }
  let result = text;
  for (const { start, end, by } of cuts.sort((a, b) => b.start - a.start))
    result = result.slice(0, start) + by + result.slice(end);
  return result;
}

/** Where people write values under names of their own, so that also a value may tell. */
const ownNames = /^(?:environment|args|labels|annotations|options|driver_opts|x-.*)$/;

/** What is named after a secret, not one itself. */
const references = /^(?:name|source|target|file|environment|secrets)$/;

/** Under the names of people the name or the value decides, elsewhere the name alone; the text of secrets is one always. */
function isSecretValue(path: Path, value: string): boolean {
  const [section, , key] = path;
  if (section === 'secrets' && key === 'content') return true;
  const name = String(path.findLast((part) => typeof part === 'string') ?? '');
  if (path.slice(0, -1).some((part) => typeof part === 'string' && ownNames.test(part)))
    return isSecretVariable(name, value);
  return !references.test(name) && isSecretName(name) && !isNoSecretValue(value);
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

interface FoundScalar {
  readonly scalar: ScalarNode;
  readonly path: Path;
  /** Of the command that it is a word of, masked. */
  readonly words?: readonly string[] | undefined;
}

function scalarsIn(node: Node | undefined, path: Path, words?: readonly string[]): readonly FoundScalar[] {
  if (node?.kind === 'scalar') return [{ scalar: node, path, words }];
  if (node?.kind === 'map')
    return node.entries.flatMap(({ key, value }) => scalarsIn(value, [...path, key.source]));
  if (node?.kind === 'seq') {
    const isCommand = isCommandName(String(path.at(-1))) && node.items.every(({ kind }) => kind === 'scalar');
    const own = isCommand
      ? maskWords(node.items.map((item) => (item.kind === 'scalar' ? item.source : '')))
      : undefined;
    return node.items.flatMap((item, index) => scalarsIn(item, [...path, index], own));
  }
  return [];
}
