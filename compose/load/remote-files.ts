import type { Phrase } from '../problem/phrase.ts';
import type { RemoteAddress } from './remote-address.ts';

/**
 * Where remote files lie on this disk. Implementations are `remote-cache.ts`, which asks nobody, and engine/remote, which fetches what may be fetched.
 */
export interface RemoteFiles {
  /** Never rejects. */
  locate(address: RemoteAddress): Promise<RemoteFile>;
}

export type RemoteFile = FetchedFile | AbsentFile;

export interface FetchedFile {
  readonly kind: 'here';
  /** The file that the address means. Absolute. */
  readonly path: string;
  /** Everything that was fetched with it. Absolute. */
  readonly folder: string;
  /** The commit, or the hexadecimal digest of a manifest. */
  readonly version: string;
  /** When it was found to be what the address means, in milliseconds since 1970. Absent: the address itself names the version. */
  readonly foundAt?: number;
  /** Its server could not be asked whether this is still what the address means. */
  readonly stale?: Phrase;
}

export interface AbsentFile {
  readonly kind: 'absent';
  readonly why: Phrase;
}
