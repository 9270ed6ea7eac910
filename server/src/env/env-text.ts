import { dotenvLines, type DotenvLine, type DotenvLines } from '#compose/load/dotenv-lines.ts';
import { parseTemplate, type TemplatePart } from '#compose/template/parse.ts';
import type { SourceFile } from '../workspace/files.ts';

/** What an env file says, line by line. */
export function linesIn(file: SourceFile): DotenvLines {
  return file.derive(readLines);
}

function readLines(file: SourceFile): DotenvLines {
  const { lines, problems } = dotenvLines(file.text);
  // The last line without a line break is the value of a variable without a name: nobody can mean it.
  return { lines: lines.filter(({ name }) => name !== ''), problems };
}

/** The names an env file sets. */
export function namesSet(file: SourceFile): ReadonlySet<string> {
  return new Set(linesIn(file).lines.map(({ name }) => name));
}

/** The line that counts for a name: the last one. */
export function lineOf(file: SourceFile, name: string): DotenvLine | undefined {
  return linesIn(file).lines.findLast((line) => line.name === name);
}

/** A `${NAME}` in a value of an env file. */
export interface ValueUse {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** The variables in the values; single quotes have none. */
export function usesInValues(file: SourceFile): readonly ValueUse[] {
  return file.derive(readUses);
}

function readUses(file: SourceFile): readonly ValueUse[] {
  const uses: ValueUse[] = [];
  for (const { valueStart, valueEnd } of linesIn(file).lines) {
    const value = file.text.slice(valueStart, valueEnd);
    if (value.startsWith("'")) continue;
    const collect = (parts: readonly TemplatePart[]): void => {
      for (const part of parts) {
        if (part.kind !== 'variable') continue;
        const start = valueStart + part.nameStart;
        uses.push({ name: part.name, start, end: start + part.name.length });
        if (part.argument !== undefined) collect(part.argument.parts);
      }
    };
    collect(parseTemplate(value));
  }
  return uses;
}

/** The name at an offset: set there, or used in a value. */
export function nameAtOffset(
  file: SourceFile,
  offset: number,
): { readonly name: string; readonly start: number; readonly end: number } | undefined {
  const within = ({ start, end }: { start: number; end: number }) => start <= offset && offset <= end;
  const use = usesInValues(file).find(within);
  if (use !== undefined) return use;
  const line = linesIn(file).lines.find(({ keyStart, keyEnd }) => within({ start: keyStart, end: keyEnd }));
  return line === undefined ? undefined : { name: line.name, start: line.keyStart, end: line.keyEnd };
}
