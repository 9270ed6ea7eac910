/** Documents of these are not among a workspace's files. */
const notFiles: ReadonlySet<string> = new Set(['untitled', 'git', 'output', 'inmemory', 'vscode-userdata']);
/** Stands for the authority where a URI has none. */
const none = '-';

/**
 * The path that stands for a file of the editor's file systems: `/scheme/authority/path`. So files of one system find each other, whatever that is:
 * `vscode-vfs://github/owner/name/compose.yaml`, `file:///work/compose.yaml`.
 */
export function filePathOf(uri: string): string | undefined {
  const parts = /^([a-z][a-z\d+.-]*):(?:\/\/([^/]*))?(\/[^?#]*)$/i.exec(uri);
  if (parts === null) return undefined;
  const [, scheme = '', authority = '', path = ''] = parts;
  if (notFiles.has(scheme)) return undefined;
  try {
    return `/${scheme}/${authority || none}${decodeURIComponent(path)}`;
  } catch {
    return undefined;
  }
}

export function uriOfFile(path: string): string {
  const [, scheme = 'file', authority = none, ...rest] = path.split('/');
  const encoded = rest.map((part) => encodeURIComponent(part)).join('/');
  return `${scheme}:${authority === none ? (scheme === 'file' ? '//' : '') : `//${authority}`}/${encoded}`;
}
