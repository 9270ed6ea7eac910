import { LinedDocument } from '../to-lsp/lined-document.ts';
import type { DclintConfig } from '#compose/check/dclint/config.ts';
import { alphabetical, serviceKeyOrder, topLevelOrder } from '#compose/check/dclint/order.ts';
import { formatPath } from '#compose/values/path.ts';
import { keyText, valueIn } from '#compose/syntax/edit.ts';
import type { MapNode } from '#compose/syntax/node.ts';
import type { ParsedFile } from '#compose/syntax/parsed-file.ts';
import { resolveDocument } from '#compose/syntax/resolve.ts';
import { type Plain, toPlain } from '#compose/syntax/to-plain.ts';
import { SourceFile } from '../workspace/files.ts';
import type { Edit, Fix } from './fix.ts';
import { reorder } from './reorder.ts';
import { withEdits } from './same-project.ts';
import { wording } from '../words/words.ts';

/**
 * The keys of the top level and of every service in the order of dclint's rules, as a `.dclintrc` sets them; comments go with what they stand above.
 * `undefined`: they are in order, or the file would mean something else.
 */
export function sortKeys(file: SourceFile, config: DclintConfig | undefined): Edit | undefined {
  const optionsOf = (rule: string) => config?.rules.get(rule)?.options ?? {};
  const services = (from: SourceFile) =>
    edited(
      from,
      servicesOf(from).flatMap(({ name, service }) => {
        const order = serviceKeyOrder(service.entries.map(keyText), optionsOf('service-keys-order'));
        return orderOf(from, ['services', name], service, order);
      }),
    );
  const top = (from: SourceFile) => {
    const [root] = from.roots;
    if (root?.kind !== 'map') return from;
    const order = topLevelOrder(root.entries.map(keyText), optionsOf('top-level-properties-order'));
    return edited(from, orderOf(from, [], root, order));
  };
  if (file.roots.length !== 1 || file.parsed.problems.length > 0) return undefined;
  const tries = [() => top(services(file)), () => services(file), () => top(file)];
  for (const attempt of tries) {
    const { text, parsed } = attempt();
    if (text !== file.text && isSame(file.parsed, parsed)) return difference(file.text, text);
  }
  return undefined;
}

/** With the cursor on the key of a section: its services, networks, … by name. */
export function sortSectionAt(file: SourceFile, offset: number): Fix | undefined {
  const [root, ...more] = file.roots;
  if (root?.kind !== 'map' || more.length > 0 || file.parsed.problems.length > 0) return undefined;
  const entry = root.entries.find(({ key }) => key.span.start <= offset && offset <= key.span.end);
  if (entry?.value.kind !== 'map') return undefined;
  const section = keyText(entry);
  if (!['services', 'networks', 'volumes', 'secrets', 'configs', 'models'].includes(section))
    return undefined;
  const edits = orderOf(file, [section], entry.value, alphabetical(entry.value.entries.map(keyText)));
  const isKept = edits.length > 0 && isSame(file.parsed, edited(file, edits).parsed);
  return isKept ? { title: wording('sort.section', { section }), edits } : undefined;
}

function servicesOf(file: SourceFile): readonly { readonly name: string; readonly service: MapNode }[] {
  const services = valueIn(file.roots[0], 'services');
  if (services?.kind !== 'map') return [];
  return services.entries.flatMap((entry) =>
    entry.value.kind === 'map' ? [{ name: keyText(entry), service: entry.value }] : [],
  );
}

function orderOf(
  file: SourceFile,
  path: readonly string[],
  map: MapNode,
  order: readonly string[],
): readonly Edit[] {
  const keys = map.entries.map(keyText);
  // What is written twice has no place of its own.
  if (new Set(keys).size < keys.length || keys.every((key, index) => key === order[index])) return [];
  const edit = reorder(file, formatPath(path), order);
  return edit === undefined ? [] : [edit];
}

function edited(file: SourceFile, edits: readonly Edit[]): SourceFile {
  if (edits.length === 0) return file;
  const { uri, languageId, version } = file.document;
  return new SourceFile(new LinedDocument(uri, languageId, version, withEdits(file.text, edits)), file.path);
}

/** An alias that comes before its anchor now, or finds another one, is another file. */
function isSame(before: ParsedFile, after: ParsedFile): boolean {
  return meaning(before) === meaning(after);
}

function meaning({ documents, problems }: ParsedFile): string {
  const resolved = documents.map((document) => resolveDocument(document));
  const found = [...problems, ...resolved.flatMap((each) => each.problems)].map(({ code }) => code);
  return JSON.stringify([
    found,
    resolved.map(({ root }) => (root === undefined ? null : sorted(toPlain(root)))),
  ]);
}

function sorted(value: Plain): unknown {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  return Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, sorted(inner)]);
}

/** One edit between what two texts begin and end with alike. */
function difference(before: string, after: string): Edit {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  let tail = 0;
  while (tail < most - start && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  return { start, end: before.length - tail, newText: after.slice(start, after.length - tail) };
}
