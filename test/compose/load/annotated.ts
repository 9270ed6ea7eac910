import { load } from '#compose/load/load.ts';
import type { LoadRequest } from '#compose/load/request.ts';
import type { Problem } from '#compose/problem/problem.ts';
import { memoryHost } from './memory-host.ts';

/**
 * Loads files with expectations in comments: a line `# ^^^ code` says that the line above has a problem with that code, at the columns of the
 * carets; `# code` without carets says only the line. Returns what was expected and what was found, both as text.
 */
export async function checkAnnotated(
  files: Readonly<Record<string, string>>,
  request: Partial<LoadRequest> = {},
  environment: Readonly<Record<string, string>> = {},
): Promise<{ readonly expected: readonly string[]; readonly found: readonly string[] }> {
  const disk = Object.fromEntries(Object.entries(files).map(([name, text]) => [`/project/${name}`, text]));
  const { problems } = await load(memoryHost(disk, environment), { cwd: '/project', ...request });
  return {
    expected: Object.entries(files)
      .flatMap(([name, text]) => expectations(name, text))
      .sort(),
    found: problems.map((problem) => describe(problem, files)).sort(),
  };
}

function expectations(file: string, text: string): readonly string[] {
  const expected: string[] = [];
  let subject = 0;
  text.split('\n').forEach((line, index) => {
    const mark = /^\s*#(\s*)(\^+) ([\w-]+)/.exec(line);
    if (mark === null) {
      subject = index;
      return;
    }
    const start = line.indexOf('^');
    expected.push(`${file}:${subject + 1}:${start + 1}-${start + (mark[2]?.length ?? 0) + 1} ${mark[3]}`);
  });
  return expected;
}

function describe({ span, code }: Problem, files: Readonly<Record<string, string>>): string {
  const file = span.uri.replace('file:///project/', '');
  const before = (files[file] ?? '').slice(0, span.start);
  const line = before.split('\n').length;
  const column = span.start - before.lastIndexOf('\n');
  return `${file}:${line}:${column}-${column + span.end - span.start} ${code}`;
}
