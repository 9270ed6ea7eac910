import { relative, resolve } from '#system/path.ts';
import { sectionOf, type SymbolKind } from '#compose/model/symbols.ts';
import { nearest } from '#compose/schema/suggest.ts';
import { valueIn } from '#compose/syntax/edit.ts';
import { removeEntryAt } from './entries.ts';
import { extractionsAt } from './extract.ts';
import { morePorts } from './port-fixes.ts';
import { reorder } from './reorder.ts';
import type { Edit, Fix, FixContext, Fixer } from './fix.ts';
import { listOf, phrase, phraseIdentity } from '#compose/problem/phrase.ts';
import { type Wording, wording } from '../words/words.ts';

/** What can be done about a diagnostic, best first. */
export function fixesFor(context: FixContext): readonly Fix[] {
  const code = String(context.diagnostic.code);
  const fixes = [...(byCode[code]?.(context) ?? []), ...general(context)];
  const known = new Set<string>();
  return fixes.filter(({ title }) => {
    const identity = phraseIdentity(title);
    return !known.has(identity) && known.add(identity);
  });
}

/** Diagnostics whose fix changes nothing that Docker Compose sees: all of them can be fixed in one go. */
export const safeCodes: ReadonlySet<string> = new Set([
  'obsolete-version',
  'unquoted-port',
  'unquoted-boolean',
  'unused-anchor',
]);

const byCode: Readonly<Record<string, Fixer>> = {
  'obsolete-version': (context) => removal(context, wording('fix.remove-version')),
  'duplicate-key': (context) => removal(context, wording('fix.remove-duplicate')),
  'unused-network': (context) => removal(context, wording('fix.remove-network', { name: name(context) })),
  'unused-volume': (context) => removal(context, wording('fix.remove-volume', { name: name(context) })),
  'unused-secret': (context) => removal(context, wording('fix.remove-secret', { name: name(context) })),
  'unused-config': (context) => removal(context, wording('fix.remove-config', { name: name(context) })),
  'unused-model': (context) => removal(context, wording('fix.remove-model', { name: name(context) })),
  'unused-anchor': ({ file, start, end }) => {
    const space = file.text[end] === ' ' ? 1 : 0;
    return [
      {
        title: wording('fix.remove-anchor'),
        preferred: true,
        edits: [{ start, end: end + space, newText: '' }],
      },
    ];
  },
  'newer-image': useNewerTag,
  'too-few-ports': morePorts,
  'undefined-network': undefinedName('network'),
  'undefined-volume': undefinedName('volume'),
  'undefined-secret': undefinedName('secret'),
  'undefined-config': undefinedName('config'),
  'undefined-model': undefinedName('model'),
  'undefined-dependency': undefinedName('service'),
  'extends-not-found': undefinedName('service'),
  'file-not-found': createFile,
  'missing-dockerfile': createFile,
  'missing-file': createFile,
  'plain-text-secret': toVariable,
  'unset-variable': setInEnv,
  'required-variable': setInEnv,
  'schema-required': addMissing,
  'service-dependencies-alphabetical-order': sort,
  'service-ports-alphabetical-order': sort,
  'service-keys-order': sort,
  'services-alphabetical-order': sort,
  'top-level-properties-order': sort,
};

/** Puts a collection in the order that the diagnostic names. */
function sort({ file, data }: FixContext): Fix[] {
  const { order, of: path } = data;
  if (!Array.isArray(order) || typeof path !== 'string') return [];
  const names = order.filter((name) => typeof name === 'string');
  const edit = reorder(file, path, names);
  return edit === undefined ? [] : [{ title: wording('fix.order'), preferred: true, edits: [edit] }];
}

/** Fixes that a diagnostic's data is enough for. */
function general({ data, start, end, file }: FixContext): Fix[] {
  const fixes: Fix[] = [];
  const { suggestion, replacement, values } = data;
  if (typeof suggestion === 'string') {
    fixes.push({
      title: wording('fix.change-to', { value: suggestion }),
      preferred: true,
      edits: [withinQuotes(file.text, start, end, suggestion)],
    });
  }
  if (typeof replacement === 'string') {
    fixes.push({
      title: wording('fix.write', { value: replacement }),
      preferred: true,
      edits: [{ start, end, newText: replacement }],
    });
  }
  if (suggestion === undefined && Array.isArray(values) && values.length <= 6) {
    for (const value of values) {
      if (typeof value !== 'string') continue;
      fixes.push({
        title: wording('fix.change-to', { value }),
        edits: [withinQuotes(file.text, start, end, value)],
      });
    }
  }
  return fixes;
}

/** The tag alone is replaced: name, quotes and what is behind it stay. */
function useNewerTag({ data: { tag, newer }, file, start, end }: FixContext): Fix[] {
  if (typeof tag !== 'string' || typeof newer !== 'string') return [];
  const at = file.text.slice(start, end).lastIndexOf(`:${tag}`);
  if (at === -1) return [];
  const from = start + at + 1;
  return [
    {
      title: wording('fix.use-tag', { tag: newer }),
      preferred: true,
      edits: [{ start: from, end: from + tag.length, newText: newer }],
    },
  ];
}

function removal({ file, start }: FixContext, title: Wording): Fix[] {
  const edit = removeEntryAt(file, start);
  return edit === undefined ? [] : [{ title, preferred: true, edits: [edit] }];
}

function name({ data, file, start, end }: FixContext): string {
  return typeof data.name === 'string' ? data.name : file.text.slice(start, end);
}

/** The nearest name there is, or a declaration of this one. */
function undefinedName(kind: Exclude<SymbolKind, 'profile'>): Fixer {
  return (context) => {
    const wanted = nameUnder(context);
    const declared = context.names.declarations(kind, context.file).map(({ use }) => use.name);
    const near = nearest(wanted, declared);
    const fixes: Fix[] = [];
    if (near !== undefined) {
      const at = context.file.text.indexOf(wanted, context.start);
      const start = at === -1 || at > context.end ? context.start : at;
      const end = at === -1 || at > context.end ? context.end : at + wanted.length;
      fixes.push({
        title: wording('fix.change-to', { value: near }),
        preferred: true,
        edits: [{ start, end, newText: near }],
      });
    }
    const declaration = declare(context, sectionOf[kind], wanted, kind);
    if (declaration !== undefined) fixes.push(declaration);
    return fixes;
  };
}

/** The undeclared name: what the data says, or the text without its quotes and what surrounds it. */
function nameUnder(context: FixContext): string {
  return name(context)
    .replace(/^["']|["']$/g, '')
    .replace(/^service:/, '')
    .replace(/:.*$/, '');
}

/** Written under its section, which is added at the end if the document has none. */
function declare(
  { file }: FixContext,
  section: string,
  wanted: string,
  kind: Exclude<SymbolKind, 'profile'>,
): Fix | undefined {
  if (kind === 'service') return undefined;
  const body = kind === 'secret' || kind === 'config' ? `:\n    file: ./${wanted}.txt` : ':';
  const title = wording(`fix.declare-${kind}`, { name: wanted });
  const root = file.roots.at(-1);
  const map = valueIn(root, section);
  const newline = file.text.includes('\r\n') ? '\r\n' : '\n';
  const write = (text: string) => text.replaceAll('\n', newline);
  if (root?.kind !== 'map' || root.flow) return undefined;
  if (map?.kind === 'map') {
    const last = map.entries.at(-1);
    if (map.flow || last === undefined) return undefined;
    const indent = last.key.span.start - (file.text.lastIndexOf('\n', last.key.span.start - 1) + 1);
    const at = afterContent(file.text, Math.max(last.key.span.end, last.value.span.end));
    return { title, edits: [insert(at, write(`\n${' '.repeat(indent)}${wanted}${body}`))] };
  }
  if (map !== undefined && map.keySpan !== undefined) {
    return {
      title,
      edits: [insert(afterContent(file.text, map.keySpan.end + 1), write(`\n  ${wanted}${body}`))],
    };
  }
  const end = file.text.trimEnd().length;
  return { title, edits: [insert(end, write(`\n\n${section}:\n  ${wanted}${body}`))] };
}

function insert(at: number, newText: string): Edit {
  return { start: at, end: at, newText };
}

/** The end of the last line of a value, a comment behind it included. */
function afterContent(text: string, end: number): number {
  let at = end;
  while (at > 0 && /\s/.test(text[at - 1] ?? '')) at -= 1;
  const newline = text.indexOf('\n', at);
  const lineEnd = newline === -1 ? text.length : newline;
  return text[lineEnd - 1] === '\r' ? lineEnd - 1 : lineEnd;
}

function createFile({ data, surroundings: { directory } }: FixContext): Fix[] {
  const { path } = data;
  if (typeof path !== 'string') return [];
  const missing = resolve(directory, path);
  const text = /\.ya?ml$/.test(missing)
    ? 'services: {}\n'
    : /Dockerfile[^/]*$/.test(missing)
      ? 'FROM scratch\n'
      : '';
  return [
    {
      title: wording('fix.create-file', { path: relative(directory, missing) }),
      preferred: true,
      create: { path: missing, text },
    },
  ];
}

/** Moves a value out of the file: a variable in its place, the value in .env. */
function toVariable({ data, file, start, surroundings }: FixContext): Fix[] {
  const { variable } = data;
  if (typeof variable !== 'string') return [];
  const title = wording('fix.value-to-env', { variable });
  return extractionsAt(file, start, surroundings).flatMap(({ edits, append }) =>
    edits === undefined || append === undefined ? [] : [{ title, edits, append }],
  );
}

/** A line for the variable in `.env`, to be filled in. */
function setInEnv({ data, surroundings: { directory, isSetOutside } }: FixContext): Fix[] {
  const { variable } = data;
  if (typeof variable !== 'string' || isSetOutside(variable)) return [];
  return [
    {
      title: wording('fix.add-to-env', { variable }),
      append: { path: resolve(directory, '.env'), line: `${variable}=` },
    },
  ];
}

/** The keys that are missing, in a block map, behind those there are. */
function addMissing({ data, file, diagnostic, start }: FixContext): Fix[] {
  const { missing } = data;
  if (!Array.isArray(missing)) return [];
  const keys = missing.filter((key) => typeof key === 'string');
  const column = diagnostic.range.start.character;
  const lineEnd = afterContent(
    file.text,
    file.text.indexOf('\n', start) === -1 ? file.text.length : file.text.indexOf('\n', start),
  );
  if (keys.length === 0 || !/:\s*(?:#.*)?$/.test(file.text.slice(start, lineEnd))) return [];
  const lines = keys.map((key) => `\n${' '.repeat(column + 2)}${key}: ${requiredValues[key] ?? ''}`).join('');
  return [
    {
      title: wording('fix.add-keys', { keys: listOf(keys.map((key) => phrase('quoted', { name: key }))) }),
      preferred: true,
      edits: [insert(lineEnd, lines)],
    },
  ];
}

const requiredValues: Readonly<Record<string, string>> = { condition: 'service_started' };

/** Replaces a word, its quotes kept. */
function withinQuotes(text: string, start: number, end: number, newText: string): Edit {
  const quoted = /^["']/.test(text.slice(start, end));
  return quoted ? { start: start + 1, end: end - 1, newText } : { start, end, newText };
}
