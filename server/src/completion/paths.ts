import { resolve } from '#system/path.ts';
import type { FileSystem } from '#compose/load/host.ts';
import { fileRules, isRemote } from '#compose/model/file-references.ts';
import type { Path } from '#compose/values/path.ts';
import type { CursorContext } from '#compose/syntax/cursor-context.ts';
import type { Suggestion } from './suggestion.ts';

/** Files and folders for the path being typed, where a path is expected. */
export async function pathSuggestions(
  cursor: CursorContext,
  directory: string,
  files: FileSystem,
  siblings: { readonly type?: string | undefined; readonly context?: string | undefined },
): Promise<Suggestion[]> {
  const kind = fileRules.match(cursor.path as Path);
  if (kind === undefined || cursor.word.includes('$') || isRemote(cursor.word)) return [];
  const short = kind === 'mount' && typeof cursor.path.at(-1) === 'number';
  if (short && !/^[.~/]/.test(cursor.word)) return [];
  if (short && cursor.word.includes(':')) return [];
  if (kind === 'mount' && !short && siblings.type !== 'bind') return [];
  const slash = cursor.word.lastIndexOf('/');
  const typed = slash === -1 ? '' : cursor.word.slice(0, slash + 1);
  const under = kind === 'dockerfile' ? (siblings.context ?? '.') : '.';
  const base = resolve(directory, under, typed === '' ? '.' : typed);
  const suggestions: Suggestion[] = [];
  // Mostly what is built is the folder of the file itself.
  if (kind === 'context' && !cursor.fits.key && /^\.?$/.test(cursor.word))
    suggestions.push({ label: '.', as: { raw: '.' }, kind: 'folder', rank: 1 });
  for (const name of [...(await files.list(base))].sort()) {
    if (name === '.git' || name === 'node_modules') continue;
    const folder = (await files.stat(resolve(base, name))) === 'directory';
    if (!folder && kind === 'context') continue;
    const whole = kind === 'context' && folder && (await isBuilt(files, resolve(base, name)));
    // What is built is the folder itself.
    if (whole)
      suggestions.push({
        label: typed === '' ? `./${name}` : name,
        as: { raw: typed === '' ? `./${name}` : name },
        kind: 'folder',
        from: cursor.start + typed.length,
        rank: cursor.fits.key ? 4 : 1,
        order: 1,
      });
    if (whole && typed !== '') continue;
    suggestions.push({
      label: name,
      as: { raw: folder ? `${name}/` : name },
      kind: folder ? 'folder' : 'file',
      from: cursor.start + typed.length,
      again: folder,
      rank: folder ? 4 : rankOf(kind, name, cursor.path),
    });
  }
  return suggestions;
}

async function isBuilt(files: FileSystem, folder: string): Promise<boolean> {
  return (await files.stat(resolve(folder, 'Dockerfile'))) === 'file';
}

/** A file that is named as what it is for comes first; one that surely is something else, last. */
function rankOf(kind: string, name: string, path: Path): number {
  if (kind === 'file') {
    const wanted = String(path[0] === 'services' ? 'label' : (path[1] ?? '')).toLowerCase();
    if (wanted !== '' && name.toLowerCase().includes(wanted)) return 1;
    if (path[0] === 'secrets' && /secret|\.(?:txt|pem|key|crt)$/i.test(name)) return 2;
    return /^\.|compose.*\.ya?ml$|^dockerfile/i.test(name) ? 5 : 3;
  }
  return likely(kind, name) ? 1 : kind === 'compose' ? 5 : 3;
}

function likely(kind: string, name: string): boolean {
  if (kind === 'compose') return /\.ya?ml$/.test(name);
  if (kind === 'env') return /\.env$|^\.env|env$/.test(name);
  return kind === 'dockerfile' && /dockerfile/i.test(name);
}
