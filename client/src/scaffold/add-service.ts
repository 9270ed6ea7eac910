import { entryOf } from '#compose/syntax/edit.ts';
import type { MapEntry } from '#compose/syntax/node.ts';
import { parse } from '#compose/syntax/parse.ts';
import type { ServiceTemplate } from './service-templates.ts';

/** A text to be put in at an offset. */
export interface Insertion {
  readonly offset: number;
  readonly text: string;
}

/** What has to be put where; in ascending order of offsets. `undefined`: the file is written in a way that has to be changed by hand. */
export function addService(
  text: string,
  name: string,
  template: ServiceTemplate,
): readonly Insertion[] | undefined {
  const root = parse('', text).documents[0]?.root;
  if (root !== undefined && (root.kind !== 'map' || root.flow)) return undefined;
  const services = entryOf(root, 'services');
  const volumes = entryOf(root, 'volumes');
  if (isFlow(services) || isFlow(volumes)) return undefined;
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const indent = indentIn(text, services) ?? indentIn(text, volumes) ?? 2;
  const filled = template.body.replaceAll('NAME', name);
  const block = [`${name}:`, ...indentLines(filled, indent, 1)];
  const own = template.volumes.map((volume) => volume.replaceAll('NAME', name));
  const missing = own.filter((volume) => entryOf(volumes?.value, volume) === undefined);
  const insertions = [
    put(text, services, 'services', block, indent),
    ...(missing.length === 0
      ? []
      : [
          put(
            text,
            volumes,
            'volumes',
            missing.map((volume) => `${volume}:`),
            indent,
          ),
        ]),
  ];
  return merge(insertions).map(({ offset, text: lines }) => ({
    offset,
    text: lines.replaceAll('\n', lineEnd),
  }));
}

/** A name that is not taken: `database`, `database2`. */
export function freeName(text: string, wanted: string): string {
  const services = entryOf(parse('', text).documents[0]?.root, 'services');
  for (let count = 1; ; count++) {
    const name = count === 1 ? wanted : `${wanted}${count}`;
    if (entryOf(services?.value, name) === undefined) return name;
  }
}

/** Lines as the last of a section, or the section itself at the end of the text. */
function put(
  text: string,
  section: MapEntry | undefined,
  key: string,
  lines: readonly string[],
  indent: number,
): Insertion {
  const indented = lines.map((line) => (line === '' ? '' : `${' '.repeat(indent)}${line}`)).join('\n');
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

/** Two at the same place are one, so that their order is certain. */
function merge(insertions: readonly Insertion[]): readonly Insertion[] {
  const [first, second] = insertions;
  if (first === undefined || second === undefined) return insertions;
  if (first.offset === second.offset)
    return [
      { offset: first.offset, text: first.text + (second.text.startsWith('\n') ? '' : '\n') + second.text },
    ];
  return first.offset < second.offset ? [first, second] : [second, first];
}

function indentLines(body: string, indent: number, level: number): readonly string[] {
  return body.split('\n').map((line) => {
    const spaces = /^ */.exec(line)?.[0].length ?? 0;
    const depth = Math.floor(spaces / 2) + level;
    return `${' '.repeat(indent * depth)}${line.trimStart()}`;
  });
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
