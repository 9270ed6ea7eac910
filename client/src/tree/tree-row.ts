import type { SwarmRow } from '../swarm/swarm-row.ts';

/**
 * One row of the tree: which thing it is, not what is known of it. The same thing is always the same object, so that VS Code can be told
 * which row changed; what it shows is looked up when it is drawn, and what is done with it when it is done.
 */
export type TreeRow =
  | { readonly kind: 'engine'; readonly id: string }
  /** How to begin, where there is no project and yet something else: VS Code's own welcome shows in an empty view only. */
  | { readonly kind: 'begin'; readonly id: string }
  /** What Compose did not make, on an engine; its name is empty for the chosen one. */
  | { readonly kind: 'others'; readonly id: string; readonly engine: string }
  /** One of several engines; its name is empty for the one that is chosen. */
  | { readonly kind: 'host'; readonly id: string; readonly engine: string }
  /** A place where an engine was looked for, and why there is none. */
  | { readonly kind: 'tried'; readonly id: string; readonly text: string; readonly engine?: string }
  | { readonly kind: 'project'; readonly id: string; readonly stack: string }
  | { readonly kind: 'service'; readonly id: string; readonly stack: string; readonly service: string }
  | {
      readonly kind: 'container';
      readonly id: string;
      readonly stack: string;
      readonly service: string;
      readonly container: string;
    }
  | { readonly kind: 'profile'; readonly id: string; readonly stack: string; readonly profile: string }
  | { readonly kind: 'networks' | 'volumes'; readonly id: string; readonly stack: string }
  | {
      readonly kind: 'network' | 'volume';
      readonly id: string;
      readonly stack: string;
      readonly name: string;
    }
  /** The root of a container's files. */
  | {
      readonly kind: 'files';
      readonly id: string;
      readonly stack: string;
      readonly service: string;
      readonly container: string;
    }
  | FileRow
  | SnapshotRow
  | SwarmRow
  /** Something to say in place of what should be below a row. */
  | {
      readonly kind: 'note';
      readonly id: string;
      readonly stack: string;
      readonly under: string;
      readonly severity: 'error' | 'info' | 'empty';
      readonly text: string;
    };

/** A file that a volume was saved to. */
export interface SnapshotRow {
  readonly kind: 'snapshot';
  readonly id: string;
  readonly stack: string;
  /** The volume. */
  readonly name: string;
  /** Its path on this machine. */
  readonly file: string;
}

/** A file or folder, by its path in a container or a volume. */
export type FileRow =
  | {
      readonly kind: 'file';
      readonly id: string;
      readonly stack: string;
      readonly service: string;
      readonly container: string;
      readonly path: string;
    }
  | {
      readonly kind: 'volume-file';
      readonly id: string;
      readonly stack: string;
      readonly name: string;
      readonly path: string;
    };

type WithoutId<T> = T extends TreeRow ? Omit<T, 'id'> : never;

/** Hands out the one object for each thing. */
export class TreeRows {
  readonly #rows = new Map<string, TreeRow>();

  get(key: WithoutId<TreeRow>): TreeRow {
    const id = Object.values(key).join(' ');
    const known = this.#rows.get(id);
    if (known !== undefined) return known;
    const row = { ...key, id };
    this.#rows.set(id, row);
    return row;
  }

  /** One that was handed out before. */
  byId(id: string): TreeRow | undefined {
    return this.#rows.get(id);
  }
}

/** The rows that a command was called for: those that are chosen, else the one it was called on. */
export function calledRows(args: readonly unknown[]): readonly TreeRow[] {
  const chosen = Array.isArray(args[1]) ? args[1].filter(isTreeRow) : [];
  return chosen.length > 0 ? chosen : args.slice(0, 1).filter(isTreeRow);
}

/** What VS Code hands to a command that was chosen on a row. */
export function isTreeRow(value: unknown): value is TreeRow {
  return (
    typeof value === 'object' && value !== null && 'kind' in value && 'id' in value && !('scheme' in value)
  );
}
