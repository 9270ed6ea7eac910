import { join } from 'node:path';

/** A folder of manifests, as `kubectl` is to take it. */
export interface Manifests {
  /** What the folder stands for: an overlay, `base`; of manifests that stand in the output folder itself, that folder's path. */
  readonly label: string;
  readonly folder: string;
  readonly kustomize: boolean;
}

/** What is in an output folder. */
export interface OutputFolder {
  readonly directory: string;
  readonly hasBase: boolean;
  /** The folders below `overlays`. */
  readonly overlays: readonly string[];
  /** Whether manifests stand in the folder itself. */
  readonly hasFiles: boolean;
}

/**
 * What can be applied: of a Kustomize folder its overlays, by name, and the base; else the folder itself. Both where a conversion of the one form was
 * written beside what was kept of the other.
 */
export function manifestFolders({
  directory,
  hasBase,
  overlays,
  hasFiles,
}: OutputFolder): readonly Manifests[] {
  const own = { label: directory, folder: directory, kustomize: false };
  if (!hasBase) return [own];
  return [
    ...overlays.toSorted().map((name) => ({
      label: name,
      folder: join(directory, 'overlays', name),
      kustomize: true,
    })),
    { label: 'base', folder: join(directory, 'base'), kustomize: true },
    ...(hasFiles ? [own] : []),
  ];
}
