import type { Phrase } from '../problem/phrase.ts';
import type { ParsedFile } from '../syntax/parsed-file.ts';
import type { FileKind } from './read-limits.ts';
import type { RemoteFiles } from './remote-files.ts';

/**
 * What the domain asks of the world it runs in. Paths are absolute, in the form of the host's system.
 * Implementations are in server/src/workspace (open documents over the disk), disk/ (the disk) and the tests (memory).
 */
export interface FileSystem {
  /**
   * The text of a file, without its byte order mark. Only what is a regular file, links followed, and not larger than files of its kind are. `named`: who
   * waits for the answer named the file on a command line, and may mean a pipe by it (`-f <(…)`). Never rejects.
   */
  read(path: string, kind?: FileKind, named?: boolean): Promise<ReadResult>;
  /** What is at a path, symbolic links followed. Never rejects. */
  stat(path: string): Promise<PathKind>;
  /** Names in a directory, in no particular order; empty if it cannot be listed. Never rejects. */
  list(path: string): Promise<readonly string[]>;
  /** The path with every symbolic link followed; the path itself if nothing is there. Never rejects. Absent where there are no links. */
  realPath?(path: string): Promise<string>;
}

/** `other`: a pipe, a socket or a device. */
export type PathKind = 'file' | 'directory' | 'other' | 'missing';

export type ReadResult =
  | {
      readonly kind: 'text';
      readonly text: string;
      /** Absent: UTF-8. */
      readonly encoding?: 'utf-16';
      readonly fault?: EncodingFault;
    }
  | { readonly kind: 'missing' }
  /** There, but it cannot be read; `reason` is a phrase, or what the system says. */
  | { readonly kind: 'unreadable'; readonly reason: Phrase | string }
  /** `limit` in bytes. */
  | { readonly kind: 'too-large'; readonly limit: number }
  /** By itself, or by a link, outside of what may be read. */
  | { readonly kind: 'outside' };

/** Something in a file that stands for no character. The text has U+FFFD there. */
export interface EncodingFault {
  /** In the text. */
  readonly start: number;
  /** The byte, or in UTF-16 the unit: `0xE9`. */
  readonly wrong: string;
}

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
  /** Files that are not on this disk; absent where none may be had, as in a workspace that is not trusted. */
  readonly remote?: RemoteFiles | undefined;
  /** The text parsed, where that has been done already. */
  parsed?(uri: string, text: string): ParsedFile | undefined;
  /** Lets others have their turn, where somebody waits beside a load: called between its stages. */
  breathe?(): Promise<void>;
}
