import { entryOf, keyText } from '#compose/syntax/edit.ts';
import type { MapEntry } from '#compose/syntax/node.ts';
import { parse } from '#compose/syntax/parse.ts';

/** A text to be put in at an offset. */
export interface Insertion {
  readonly offset: number;
  readonly text: string;
}

/** What is put under a top-level key: blocks of lines, each beginning with its name, in steps of two spaces. */
export interface NewEntries {
  readonly section: 'services' | 'networks' | 'volumes' | 'secrets';
  readonly blocks: readonly (readonly string[])[];
}

/** What has to be put where; in ascending order of offsets. `undefined`: the file is written in a way that has to be changed by hand. */
export function addEntries(text: string, additions: readonly NewEntries[]): readonly Insertion[] | undefined {
  const root = parse('', text).documents[0]?.root;
  if (root !== undefined && (root.kind !== 'map' || root.flow)) return undefined;
  const wanted = additions.filter(({ blocks }) => blocks.length > 0);
  const sections = new Map(wanted.map(({ section }) => [section, entryOf(root, section)]));
  if ([...sections.values()].some(isFlow)) return undefined;
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const written = root?.kind === 'map' ? root.entries : [];
  const indent = written.map((entry) => indentIn(text, entry)).find((each) => each !== undefined) ?? 2;
  const insertions = wanted.map(({ section, blocks }) =>
    put(text, sections.get(section), section, blocks, indent),
  );
  return merge(insertions).map(({ offset, text: lines }) => ({
    offset,
    text: lines.replaceAll('\n', lineEnd),
  }));
}

/** Names that are there already under a top-level key. */
export function namesIn(text: string, section: NewEntries['section']): ReadonlySet<string> {
  const value = entryOf(parse('', text).documents[0]?.root, section)?.value;
  return new Set(value?.kind === 'map' ? value.entries.map(keyText) : []);
}

/** Lines as the last of a section, or the section itself at the end of the text. */
function put(
  text: string,
  section: MapEntry | undefined,
  key: NewEntries['section'],
  blocks: NewEntries['blocks'],
  indent: number,
): Insertion {
  // Services stand apart from each other.
  const between = key === 'services' ? '\n\n' : '\n';
  const indented = blocks
    .map((lines) => lines.map((line) => indentLine(line, indent)).join('\n'))
    .join(between);
  if (section === undefined) {
    const before = text === '' ? '' : text.endsWith('\n') ? '\n' : '\n\n';
    return { offset: text.length, text: `${before}${key}:\n${indented}\n` };
  }
  const last = section.value.kind === 'map' ? section.value.entries.at(-1) : undefined;
  const end = last === undefined ? section.key.span.end : Math.max(last.key.span.end, last.value.span.end);
  const lineFeed = text.indexOf('\n', Math.max(0, text[end - 1] === '\n' ? end - 1 : end));
  const offset = lineFeed < 0 ? text.length : lineFeed + 1;
  const isSpaced = key === 'services' && last !== undefined;
  return {
    offset,
    text: `${lineFeed < 0 ? '\n' : ''}${isSpaced ? '\n' : ''}${indented}\n`,
  };
}

/** Those at the same place are one, so that their order is certain. */
function merge(insertions: readonly Insertion[]): readonly Insertion[] {
  const merged: Insertion[] = [];
  for (const insertion of insertions.toSorted((a, b) => a.offset - b.offset)) {
    const last = merged.at(-1);
    if (last?.offset !== insertion.offset) merged.push(insertion);
    else {
      const between = insertion.text.startsWith('\n') ? '' : '\n';
      merged[merged.length - 1] = { ...last, text: last.text + between + insertion.text };
    }
  }
  return merged;
}

/** A line one level deeper, in the file's own steps. What stands deeper within a block text keeps its distance. */
function indentLine(line: string, indent: number): string {
  if (line === '') return '';
  const spaces = /^ */.exec(line)?.[0].length ?? 0;
  return `${' '.repeat(indent * (Math.floor(spaces / 2) + 1) + (spaces % 2))}${line.trimStart()}`;
}

/** How far the entries of a section stand in. */
function indentIn(text: string, section: MapEntry | undefined): number | undefined {
  const first = section?.value.kind === 'map' ? section.value.entries[0] : undefined;
  if (first === undefined) return undefined;
  const { start } = first.key.span;
  const column = start - (text.lastIndexOf('\n', start - 1) + 1);
  return column > 0 ? column : undefined;
}

function isFlow(section: MapEntry | undefined): boolean {
  const value = section?.value;
  if (value === undefined) return false;
  if (value.kind === 'map') return value.flow;
  return !(value.kind === 'scalar' && value.value === null);
}
