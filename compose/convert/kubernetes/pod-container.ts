import type { JsonObject } from './manifest.ts';
import type { Manifest } from './manifest.ts';
import type { Mounts } from './mounts.ts';
/** A service as a container, with what its pod needs for it. */
export interface PodContainer {
  readonly container: JsonObject & { readonly name: string };
  readonly volumes: Mounts['volumes'];
  /** ConfigMaps, Secrets and claims of its own. */
  readonly objects: readonly Manifest[];
}
