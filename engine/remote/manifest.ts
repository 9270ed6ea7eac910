/** A manifest or an index as a registry gives it: of nothing is known what it is. */
export interface Manifest {
  readonly mediaType?: unknown;
  readonly artifactType?: unknown;
  readonly config?: unknown;
  readonly layers?: unknown;
  readonly manifests?: unknown;
}

/** What a manifest says of one thing that it is made of (OCI image specification, "Content Descriptors"). */
export interface ManifestEntry {
  readonly mediaType: string;
  readonly digest: string;
  /** Bytes; 0 where it does not say. */
  readonly size: number;
  readonly artifactType: string | undefined;
  readonly annotations: ReadonlyMap<string, string>;
  /** It is at addresses of its own, and need not be in the registry. */
  readonly isElsewhere: boolean;
}

/** `undefined`: it is none. */
export function parseManifest(content: Buffer): Manifest | undefined {
  try {
    const value: unknown = JSON.parse(content.toString('utf8'));
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Those entries of a list that have a type and a digest; none of what is no list. */
export function entriesIn(value: unknown): readonly ManifestEntry[] {
  return (Array.isArray(value) ? value : []).flatMap((each: unknown) => {
    if (typeof each !== 'object' || each === null) return [];
    const { mediaType, digest, size, artifactType, annotations, urls } = each as Record<string, unknown>;
    if (typeof mediaType !== 'string' || typeof digest !== 'string') return [];
    const notes = Object.entries(
      typeof annotations === 'object' && annotations !== null ? annotations : {},
    ).flatMap(([name, note]) => (typeof note === 'string' ? [[name, note] as const] : []));
    return [
      {
        mediaType,
        digest,
        size: typeof size === 'number' ? size : 0,
        artifactType: typeof artifactType === 'string' ? artifactType : undefined,
        annotations: new Map(notes),
        isElsewhere: urls !== undefined,
      },
    ];
  });
}
