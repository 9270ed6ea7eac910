import { posix } from 'node:path';
import type { Host, ReadResult } from '#compose/load/host.ts';

/** What a recorded case says of a path: a file's text, nothing there, or a directory. */
export type RecordedFiles = Readonly<Record<string, string | null | { readonly dir: true }>>;

/** A host whose only files are the given ones. Relative paths are looked up from `cwd`. */
export function memoryHost(
  files: RecordedFiles,
  environment: Readonly<Record<string, string>>,
  cwd = '/',
): Host {
  const absolute = (path: string) => posix.resolve(cwd, path);
  const isDirectory = (path: string) =>
    Object.entries(files).some(([file, content]) => content !== null && file.startsWith(`${path}/`));
  return {
    environment,
    home: '/home/user',
    platform: 'posix',
    uriOf: (path) => `file://${absolute(path)}`,
    files: {
      async read(path): Promise<ReadResult> {
        const content = files[absolute(path)];
        if (typeof content === 'string') return { kind: 'text', text: content };
        if (content || isDirectory(absolute(path)))
          return { kind: 'unreadable', reason: 'it is a directory' };
        return { kind: 'missing' };
      },
      async stat(path) {
        const content = files[absolute(path)];
        if (typeof content === 'string') return 'file';
        return content || isDirectory(absolute(path)) ? 'directory' : 'missing';
      },
      async list(path) {
        const prefix = absolute(path) === '/' ? '/' : `${absolute(path)}/`;
        const names = Object.keys(files)
          .filter((file) => file.startsWith(prefix) && files[file] !== null)
          .map((file) => file.slice(prefix.length).split('/')[0] ?? '');
        return [...new Set(names)];
      },
    },
  };
}
