import { readdirSync, readFileSync } from 'node:fs';

/** A small project: its files, by their paths in the project's directory. */
export interface ProjectCase {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
}

const directory = new URL('./cases/', import.meta.url);

export const caseGroups: readonly string[] = readdirSync(directory)
  .filter((file) => file.endsWith('.txt'))
  .map((file) => file.slice(0, -'.txt'.length));

/** The cases of `cases/<group>.txt`: `=== name`, the text of compose.yaml, and after `--- path` the text of another file. */
export function readCases(group: string): readonly ProjectCase[] {
  const text = readFileSync(new URL(`${group}.txt`, directory), 'utf8');
  return text
    .split(/^=== /m)
    .slice(1)
    .map((block) => {
      const [name = ''] = block.split('\n', 1);
      const [main = '', ...others] = block.slice(name.length + 1).split(/^--- (\S+)\n/m);
      const files: Record<string, string> = { 'compose.yaml': main };
      for (let i = 0; i + 1 < others.length; i += 2) files[others[i] ?? ''] = others[i + 1] ?? '';
      return { name, files };
    });
}
