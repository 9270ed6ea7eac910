import { codesOfDclintRule } from './dclint/rules.ts';

/** Codes that comments in a text switch off, by line. */
export interface Suppressions {
  isSuppressed(code: string, line: number): boolean;
}

const comment =
  /#\s*(?:(compose-ignore-file|compose-ignore)|dclint\s+(disable-line|disable-file|disable))\b([^\n]*)/;

/**
 * Reads `# compose-ignore code…` (for its own line, or the next when it stands alone), `# compose-ignore-file code…`, and dclint's
 * `# dclint disable-line rule…`, `# dclint disable rule…`, `# dclint disable-file`. Without codes all are meant.
 */
export function suppressionsIn(text: string): Suppressions {
  const ofFile = new Set<string>();
  const ofLine = new Map<number, Set<string>>();
  if (text.includes('compose-ignore') || text.includes('dclint')) {
    for (const [line, content] of text.split('\n').entries()) {
      const found = comment.exec(content);
      if (found === null) continue;
      const codes = codesOf(found[3] ?? '', found[2] !== undefined);
      const wholeFile = found[1] === 'compose-ignore-file' || found[2]?.startsWith('disable-line') === false;
      const alone = content.trimStart().startsWith('#');
      const target = wholeFile ? ofFile : (ofLine.get(alone ? line + 1 : line) ?? new Set<string>());
      for (const code of codes) target.add(code);
      if (!wholeFile) ofLine.set(alone ? line + 1 : line, target);
    }
  }
  return {
    isSuppressed(code, line) {
      const here = ofLine.get(line);
      return [ofFile, here].some((codes) => codes?.has(code) === true || codes?.has('*') === true);
    },
  };
}

function codesOf(rest: string, dclint: boolean): string[] {
  const names = rest.split(/[\s,]+/).filter((name) => /^[a-z][\w-]*$/.test(name));
  if (names.length === 0) return ['*'];
  return dclint ? names.flatMap((name) => codesOfDclintRule(name)) : names;
}
