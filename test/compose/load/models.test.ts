import { expect, test, vi } from 'vitest';
import { formatPhrase } from '#compose/problem/format-phrase.ts';
import { load } from '#compose/load/load.ts';
import type { LoadResult } from '#compose/load/request.ts';
import { LineIndex } from '#compose/syntax/line-index.ts';
import { caseGroups, type ProjectCase, readCases } from './cases.ts';
import { memoryHost } from './memory-host.ts';

vi.setConfig({ testTimeout: 60_000 });

/**
 * What each small project means, as text beside it. The same projects are compared with Docker Compose itself where it is installed
 * (test/engine/live/config.test.ts), so a changed golden file must still be what that says.
 */
test.each(caseGroups)('%s', async (group) => {
  const shown: string[] = [];
  for (const one of readCases(group)) shown.push(await show(one));
  await expect(shown.join('\n')).toMatchFileSnapshot(`./cases/${group}.golden`);
});

async function show({ name, files }: ProjectCase): Promise<string> {
  const disk = Object.fromEntries(Object.entries(files).map(([path, text]) => [`/project/${path}`, text]));
  const result = await load(memoryHost(disk), { cwd: '/project' });
  return [`=== ${name}`, ...problemLines(result, files), ...modelLines(result)].join('\n');
}

function problemLines({ problems }: LoadResult, files: Readonly<Record<string, string>>): readonly string[] {
  return problems.map(({ span, severity, code, message, path }) => {
    const file = span.uri.replace('file:///project/', '');
    const { line, column } = new LineIndex(files[file] ?? '').position(span.start);
    const place = `${file}:${line + 1}:${column + 1}+${span.end - span.start}`;
    return `${severity} ${place} ${code}${path === undefined || path === '' ? '' : ` (${path})`}: ${formatPhrase(message)}`;
  });
}

function modelLines({ loaded }: LoadResult): readonly string[] {
  if (loaded === undefined) return [];
  const { services, ...rest } = loaded.project;
  const lines = Object.entries(services).map(
    ([name, service]) => `services.${name} ${JSON.stringify(service)}`,
  );
  for (const [section, value] of Object.entries(rest)) {
    if (typeof value !== 'object' || value === null) lines.push(`${section} ${JSON.stringify(value)}`);
    else
      for (const [name, one] of Object.entries(value))
        lines.push(`${section}.${name} ${JSON.stringify(one)}`);
  }
  const disabled = Object.keys(loaded.disabled);
  return disabled.length === 0 ? lines : [...lines, `disabled ${disabled.join(' ')}`];
}
