import { posix } from 'node:path';
import * as vscode from 'vscode';
import type { FolderEntry, Listing } from '#engine/files/list-folder.ts';
import { errorText } from '../shared/error-text.ts';
import type { Translate } from '../shared/translate.ts';
import type { RowLook } from '../tree/row-view.ts';
import type { FileRow, SnapshotRow, TreeRow, TreeRows } from '../tree/tree-row.ts';
import type { FileAccess } from './file-access.ts';
import type { SavedVolume } from './saved-volumes.ts';
import { type PlacedFile, toUri } from './file-place.ts';
import { fileLook, snapshotLook } from './file-look.ts';

/** With more entries than this in a folder, the first ones are shown. */
const mostShown = 2000;

/** How long listing a folder may take, in ms. */
const patience = 60_000;

/** Finds which container a row of files belongs to, and which engine it is on when that is not the chosen one. */
export interface RowOwners {
  readonly nameOf: (row: TreeRow) => string | undefined;
  readonly engineOf: (row: TreeRow) => string | undefined;
  /** The snapshots of a volume that lie beside its project, the newest first. */
  readonly snapshotsOf: (stack: string, volume: string) => Promise<readonly SavedVolume[]>;
}

/**
 * The rows of files below containers and volumes. What was listed is kept while its row is open: rows above are drawn anew all the time, and files
 * are not to be listed for that.
 */
export class FileRows {
  readonly #access: FileAccess;
  readonly #rows: TreeRows;
  readonly #owners: RowOwners;
  readonly #listings = new Map<string, Promise<readonly TreeRow[]>>();
  readonly #entries = new Map<string, FolderEntry>();
  readonly #snapshots = new Map<string, SavedVolume>();

  constructor(access: FileAccess, rows: TreeRows, owners: RowOwners) {
    this.#access = access;
    this.#rows = rows;
    this.#owners = owners;
  }

  /** What is below a row, if files are; each asked for once, until it is forgotten. */
  children(row: TreeRow): Promise<readonly TreeRow[]> {
    const file = this.placed(row);
    if (file === undefined) return Promise.resolve([]);
    const known = this.#listings.get(row.id);
    if (known !== undefined) return known;
    const listing = this.#listAll(row, file);
    this.#listings.set(row.id, listing);
    return listing;
  }

  #on(row: TreeRow): { readonly engine?: string } {
    const engine = this.#owners.engineOf(row);
    return engine === undefined ? {} : { engine };
  }

  /** The file or folder that a row stands for; `undefined` for other rows, and for containers that have gone. */
  placed(row: TreeRow): PlacedFile | undefined {
    switch (row.kind) {
      case 'files':
      case 'file': {
        const name = this.#owners.nameOf(row);
        if (name === undefined) return undefined;
        const path = row.kind === 'files' ? '/' : row.path;
        return { place: { kind: 'container', id: row.container, name }, path };
      }
      case 'volume':
        return { place: { kind: 'volume', name: row.name, ...this.#on(row) }, path: '/' };
      case 'volume-file':
        return { place: { kind: 'volume', name: row.name, ...this.#on(row) }, path: row.path };
      default:
        return undefined;
    }
  }

  /** Whether it is a folder, or a link to one. */
  isFolder(row: TreeRow): boolean {
    const entry = this.#entries.get(row.id);
    return entry === undefined || (entry.leadsTo ?? entry.kind) === 'folder';
  }

  entry(row: TreeRow): FolderEntry | undefined {
    return this.#entries.get(row.id);
  }

  /** The row of a folder is listed anew when it is asked for next, and so are those below it; without a row all are. */
  forget(row?: TreeRow): void {
    for (const id of this.#listings.keys())
      if (row === undefined || id === row.id || isBelow(id, row)) this.#listings.delete(id);
  }

  /** The rows whose listing is known. */
  isListed(row: TreeRow): boolean {
    return this.#listings.has(row.id);
  }

  look(row: FileRow | SnapshotRow, canChange: boolean, t: Translate): RowLook | undefined {
    if (row.kind === 'snapshot') {
      const saved = this.#snapshots.get(row.id);
      return saved && snapshotLook(saved, Date.now(), t);
    }
    const entry = this.#entries.get(row.id);
    const file = this.placed(row);
    if (entry === undefined || file === undefined) return undefined;
    return fileLook(entry, toUri(file).toString(), canChange, t);
  }

  /** Of a volume its snapshots, then its files. */
  async #listAll(row: TreeRow, file: PlacedFile): Promise<readonly TreeRow[]> {
    const [saved, files] = await Promise.all([
      row.kind === 'volume' ? this.#owners.snapshotsOf(row.stack, row.name) : [],
      this.#list(row, file),
    ]);
    if (row.kind !== 'volume' || saved.length === 0) return files;
    const rows = saved.map((each) => {
      const found = this.#rows.get({ kind: 'snapshot', stack: row.stack, name: row.name, file: each.file });
      this.#snapshots.set(found.id, each);
      return found;
    });
    return [...rows, ...files];
  }

  async #list(row: TreeRow, file: PlacedFile): Promise<readonly TreeRow[]> {
    const signal = AbortSignal.timeout(patience);
    let listing: Listing;
    try {
      const [{ findFile }, { listFolder }] = await Promise.all([
        import('#engine/files/container-files.ts'),
        import('#engine/files/list-folder.ts'),
      ]);
      listing = await this.#access.at(
        file,
        async (engine, host, path) =>
          listFolder(engine, host, (await findFile(engine, host, path, signal)).path, signal),
        signal,
      );
    } catch (error) {
      return [this.#note(row, errorText(error), 'error')];
    }
    const { entries, isCut } = listing;
    const shown = entries.slice(0, mostShown);
    const rows: TreeRow[] = shown.map((entry) => {
      const child = this.#rows.get(childKey(row, posix.join(file.path, entry.name)));
      this.#entries.set(child.id, entry);
      return child;
    });
    if (entries.length > shown.length)
      rows.push(this.#note(row, vscode.l10n.t('… and {0} more', entries.length - shown.length), 'info'));
    if (isCut)
      rows.push(
        this.#note(row, vscode.l10n.t('There may be more. Start the container to see everything.'), 'info'),
      );
    if (rows.length === 0) rows.push(this.#note(row, vscode.l10n.t('empty'), 'empty'));
    return rows;
  }

  #note(row: TreeRow, text: string, severity: 'error' | 'info' | 'empty'): TreeRow {
    return this.#rows.get({
      kind: 'note',
      stack: 'stack' in row ? row.stack : '',
      under: row.id,
      severity,
      text,
    });
  }
}

function childKey(row: TreeRow, path: string) {
  if (row.kind === 'files' || row.kind === 'file') {
    const { stack, service, container } = row;
    return { kind: 'file', stack, service, container, path } as const;
  }
  if (row.kind === 'volume' || row.kind === 'volume-file')
    return { kind: 'volume-file', stack: row.stack, name: row.name, path } as const;
  throw new TypeError(`no files below a row of kind ${row.kind}`);
}

/** By their ids: those of files end with their path. */
function isBelow(id: string, row: TreeRow): boolean {
  if (row.kind === 'files') return id.startsWith(`file ${row.id.slice('files '.length)} /`);
  if (row.kind === 'volume') return id.startsWith(`volume-file ${row.id.slice('volume '.length)} /`);
  return id.startsWith(`${row.id}/`);
}
