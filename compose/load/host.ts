import type { ParsedFile } from '../syntax/parsed-file.ts';

/**
 * What the domain asks of the world it runs in. Paths are absolute, in the form of the host's system.
 * Implementations are in server/src/workspace (open documents over the disk), engine/project (the disk) and the tests (memory).
 */
export interface FileSystem {
  /**
   * The text of a file, decoded as UTF-8 (a BOM is kept). `missing`: nothing there. `unreadable`: there, but it cannot be read; `reason` is for a person.
   * Never rejects.
   */
  read(path: string): Promise<ReadResult>;
  /** What is at a path, symbolic links followed. Never rejects. */
  stat(path: string): Promise<'file' | 'directory' | 'missing'>;
  /** Names in a directory, in no particular order; empty if it cannot be listed. Never rejects. */
  list(path: string): Promise<readonly string[]>;
  /** The path with every symbolic link followed; the path itself if nothing is there. Never rejects. Absent where there are no links. */
  realPath?(path: string): Promise<string>;
}

export type ReadResult =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** Variables as the process, or the user's settings, give them. */
export type Environment = Readonly<Record<string, string>>;

export interface Host {
  readonly files: FileSystem;
  readonly environment: Environment;
  /** The user's home directory, for `~`. */
  readonly home: string;
  readonly platform: 'posix' | 'windows';
  /** The URI that spans of a file carry: the open document's own where it is open. */
  uriOf(path: string): string;
  /** The text parsed, where that has been done already. */
  parsed?(uri: string, text: string): ParsedFile | undefined;
}
