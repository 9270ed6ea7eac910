import type { StatsRow } from './rows.ts';

/**
 * The lines that `web is:unhealthy project:shop` asks for, as the filter of the tree reads it: text that the name or the project contains,
 * projects, and states by name, in the user's words, or as `is:problem` and `is:running`. All of it has to hold.
 */
export function filterRows(rows: readonly StatsRow[], filter: string): readonly StatsRow[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return words.length === 0 ? rows : rows.filter((row) => words.every((word) => fits(row, word)));
}

function fits(row: StatsRow, word: string): boolean {
  const project = row.project.toLowerCase();
  const [, key, value = ''] = /^(is|project):(.*)$/.exec(word) ?? [];
  if (key === 'project') return project.includes(value);
  if (key === undefined) return row.name.toLowerCase().includes(word) || project.includes(word);
  if (value === 'problem') return row.tone === 'bad' || row.tone === 'warning';
  if (value === 'running') return row.state !== 'paused';
  return [row.state, row.stateText.toLowerCase().replaceAll(/\s+/g, '-')].some((state) =>
    state.startsWith(value),
  );
}
