import type { Connection } from 'vscode-languageserver';
import type { FileSystem } from '#compose/load/host.ts';
import { sizeLimits } from '#compose/load/read-limits.ts';
import {
  ListFolder,
  type ListedFolder,
  ReadFile,
  type ReadFileResult,
  StatFile,
  type StatFileResult,
} from '../protocol.ts';
import { fileUri, isOnDisk } from '../to-lsp/uri.ts';
import { decodeText } from './decode-text.ts';

/** The files that the client has: it reads them for a server that has no disk. */
export function clientFiles(connection: Connection): FileSystem {
  const ask = async <T>(method: string, path: string, otherwise: T, more: object = {}): Promise<T> => {
    // The folders above a file system's root are on none.
    if (!isOnDisk(path) || path.split('/').length < 3) return otherwise;
    try {
      return await connection.sendRequest<T>(method, { uri: fileUri(path), ...more });
    } catch {
      return otherwise;
    }
  };
  return {
    async read(path, kind = 'compose') {
      const limit = sizeLimits[kind];
      const result = await ask<ReadFileResult>(ReadFile, path, { kind: 'missing' }, { limit });
      return result.kind === 'bytes' ? decodeText(result.bytes) : result;
    },
    stat: (path) => ask<StatFileResult>(StatFile, path, 'missing'),
    list: (path) => ask<ListedFolder>(ListFolder, path, []),
  };
}
