import type { Fetch } from './registry/list-tags.ts';
import type { TagsHost } from './registry/tags.ts';
import type { Environment, FileSystem } from '#compose/load/host.ts';

/** What the server needs of the process it runs in. `main.ts` gives the real thing, the tests a tree in memory. */
export interface ServerHost {
  /** The disk, without the documents that are open. */
  readonly files: FileSystem;
  readonly environment: Environment;
  readonly home: string;
  readonly platform: 'posix' | 'windows';
  /** Where Docker Compose keeps the remote files that it fetched; absent where there are none. */
  readonly remoteCache?: { readonly isMac: boolean };
  /** Where the page about diagnostics is. */
  readonly diagnosticsPage: string;
  /** Asks registries; absent where nothing outside may be asked. */
  readonly fetch?: Fetch;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Keeps texts in a folder of the client's choice. */
  readonly storeIn?: (folder: string) => NonNullable<TagsHost['store']>;
}
