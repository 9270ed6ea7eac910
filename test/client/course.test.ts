import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const text = (path: string) => readFileSync(join(root, path), 'utf8');
const page = text('docs/course.md');
const course = join(root, '../shared/course/chapter-4-docker-compose.md');

describe('the page about the course', () => {
  it('names only commands that there are, by the titles they have', () => {
    const english = JSON.parse(text('package.nls.json')) as Readonly<Record<string, string>>;
    const titles = new Set(
      Object.entries(english)
        .filter(([key]) => key.startsWith('command.'))
        .map(([, title]) => title),
    );
    const named = [...page.matchAll(/\*\*([^*]+)\*\*/g)].map(([, name]) =>
      (name ?? '').replace(/^More › /, ''),
    );
    expect(named.length).toBeGreaterThan(30);
    for (const name of named) expect(titles).toContain(name);
  });

  it.skipIf(!existsSync(course))('has every command of sections 6 and 7 and of the summary', () => {
    const lines = readFileSync(course, 'utf8').split('\n');
    const sections = lines.filter((_, index) => {
      const heading = lines.slice(0, index).findLast((line) => /^## /.test(line)) ?? '';
      return /^## (?:6\.|7\.|.*mémoire)/.test(heading);
    });
    const verbs = new Set(
      sections.flatMap((line) => {
        const words = /^docker (?:compose|system) (.*)/.exec(line)?.[1]?.split(/\s+/) ?? [];
        const verb = words.find(
          (word, index) => /^[a-z]+$/.test(word) && !/^(?:-f|--profile)$/.test(words[index - 1] ?? ''),
        );
        return verb === undefined ? [] : [verb];
      }),
    );
    expect(verbs.size).toBeGreaterThan(8);
    for (const verb of verbs)
      expect(page, verb).toMatch(new RegExp(`\`docker (?:compose|system)[^\`]* ${verb}\\b`));
  });
});
