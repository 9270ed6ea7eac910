import type { Problem } from '#compose/problem/problem.ts';
import type { MapEntry } from '#compose/syntax/node.ts';
import type { SourceFile } from './files.ts';

/** Problems of YAML that leave the rest of the text as clear as it was. */
const aboutMeaning: ReadonlySet<string> = new Set([
  'yaml-alias-cycle',
  'yaml-merge-value',
  'yaml-non-string-key',
  'yaml-unknown-anchor',
]);

/** The mistakes that keep a text from being understood as it is meant. */
export function mistakesIn(file: SourceFile): readonly Problem[] {
  return file.parsed.problems.filter(({ code }) => code.startsWith('yaml-') && !aboutMeaning.has(code));
}

/**
 * What of a project's problems holds whatever is meant by the parts of a text that are broken: all of it in a text without such mistakes. What has a
 * mistake in it, a service say, is not judged; nor is what comes after a mistake that reaches beyond its line. A name is undefined only if
 * nothing that may be its declaration is broken. `own` is what the text by itself shows.
 */
export function certainOf(
  file: SourceFile,
  own: readonly Problem[],
  found: readonly Problem[],
): readonly Problem[] {
  const unread = new Set(own.flatMap(({ code, path }) => (code === 'schema-type' ? (path ?? []) : [])));
  const problems =
    unread.size === 0 ? found : found.filter(({ code }) => !unread.has(sectionOfCode[code] ?? ''));
  const mistakes = mistakesIn(file);
  if (mistakes.length === 0) return problems;
  const sections = file.roots.flatMap((root) => (root.kind === 'map' ? root.entries : []));
  const broken = mistakes.map((mistake) => placeOf(mistake, sections));
  if (broken.some((place) => place.section === undefined)) return [];
  const clearUntil = file.parsed.separable ? Number.POSITIVE_INFINITY : Math.min(...broken.map(startOf));
  return problems.filter((problem) => {
    if (problem.span.start >= clearUntil || mayBeDeclared(problem, broken, clearUntil)) return false;
    const { section, entry } = placeOf(problem, sections);
    return !broken.some((place) => place.section === section && (!place.entry || place.entry === entry));
  });
}

/** The section and the entry of it that something stands in. */
interface Place {
  readonly section: MapEntry | undefined;
  readonly entry: MapEntry | undefined;
}

function placeOf({ span }: Problem, sections: readonly MapEntry[]): Place {
  const section = lastBefore(sections, span.start);
  const entry = section?.value.kind === 'map' ? lastBefore(section.value.entries, span.start) : undefined;
  return { section, entry };
}

function lastBefore(entries: readonly MapEntry[], offset: number): MapEntry | undefined {
  return entries.findLast(({ key }) => key.span.start <= offset);
}

function startOf({ section, entry }: Place): number {
  return (entry ?? section)?.key.span.start ?? 0;
}

const sectionOfCode: Readonly<Record<string, string>> = {
  'undefined-dependency': 'services',
  'undefined-network': 'networks',
  'undefined-volume': 'volumes',
  'undefined-secret': 'secrets',
  'undefined-config': 'configs',
  'undefined-model': 'models',
};

/** Whether what a problem says to be nowhere may be in a broken part. */
function mayBeDeclared({ code }: Problem, broken: readonly Place[], clearUntil: number): boolean {
  if (!/^(?:undefined|unused|no-such|extends-not|disabled|never|profile)-/.test(code)) return false;
  // Everything after such a mistake may be something else than it seems.
  if (Number.isFinite(clearUntil) || code.startsWith('unused-')) return true;
  const section = sectionOfCode[code] ?? 'services';
  return broken.some(({ section: at, entry }) => at?.key.source === section && entry === undefined);
}
