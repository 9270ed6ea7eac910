import type { FileSet } from './file-sets.ts';
import type { LoadRequest } from '#compose/load/request.ts';
/** A project that a document belongs to, as it is understood together with its other files. */
export interface ProjectReference {
  /** The same for every document of the project. */
  readonly id: string;
  readonly kind: FileSet['kind'] | 'chosen' | 'included';
  readonly request: LoadRequest;
  /** The profiles that the user chose; absent: those of `COMPOSE_PROFILES`. Everything is loaded with all of them. */
  readonly profiles?: readonly string[];
}
