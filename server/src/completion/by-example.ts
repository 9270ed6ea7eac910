import { normalizeProjectName } from '#compose/load/project-name.ts';
import { basename } from '#system/path.ts';
import { keyText, stringOf, valueIn } from '#compose/syntax/edit.ts';
import type { Path } from '#compose/values/path.ts';
import type { SourceFile } from '../workspace/files.ts';
import { serviceEntries } from '../workspace/service-entries.ts';
import type { Suggestion } from './suggestion.ts';

/** The project's name: that of its folder, as Docker Compose makes one of it. */
export function projectNameSuggestions(path: Path, directory: string): Suggestion[] {
  if (path[0] !== 'name' || path.length !== 1) return [];
  const name = normalizeProjectName(basename(directory));
  return name === '' ? [] : [{ label: name, as: { scalar: name }, kind: 'name', rank: 1 }];
}

/** A container's name as the file's other services have theirs: `shop-db` beside a service `web` that is named `shop-web`; else the service's own. */
export function containerNameSuggestions(file: SourceFile, path: Path): Suggestion[] {
  const [section, name, attribute] = path;
  if (section !== 'services' || attribute !== 'container_name' || path.length !== 3) return [];
  if (typeof name !== 'string') return [];
  const found = new Set<string>();
  for (const entry of serviceEntries(file)) {
    const [other, written] = [keyText(entry), stringOf(valueIn(entry.value, 'container_name'))];
    if (other !== name && written?.includes(other) === true) found.add(written.replace(other, () => name));
  }
  found.add(name);
  return [...found].map((label, order) => ({ label, as: { scalar: label }, kind: 'name', rank: 1, order }));
}
