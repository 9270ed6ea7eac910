import type { Host, ReadResult } from '#compose/load/host.ts';

/** A host whose disk is in memory: paths to texts; `unreadable` marks what is there and cannot be read. Counts what is read. */
export function memoryHost(
  files: Readonly<Record<string, string | { readonly unreadable: string }>>,
  environment: Readonly<Record<string, string>> = {},
): Host & { readonly reads: string[] } {
  const reads: string[] = [];
  const isDirectory = (path: string) =>
    path === '/' || Object.keys(files).some((file) => file.startsWith(`${path}/`));
  return {
    reads,
    environment,
    home: '/home/user',
    platform: 'posix',
    uriOf: (path) => `file://${path}`,
    files: {
      async read(path): Promise<ReadResult> {
        reads.push(path);
        const content = files[path];
        if (content === undefined) {
          return isDirectory(path)
            ? { kind: 'unreadable', reason: 'it is a directory' }
            : { kind: 'missing' };
        }
        return typeof content === 'string'
          ? { kind: 'text', text: content }
          : { kind: 'unreadable', reason: content.unreadable };
      },
      async stat(path) {
        if (files[path] !== undefined) return 'file';
        return isDirectory(path) ? 'directory' : 'missing';
      },
      async list(path) {
        const below = Object.keys(files).filter((file) => file.startsWith(`${path}/`));
        return [...new Set(below.map((file) => file.slice(path.length + 1).split('/')[0] ?? ''))];
      },
    },
  };
}
