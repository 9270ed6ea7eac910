import { dirname } from '#system/path.ts';
import type { Range, TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';
import { confinedFiles } from '#compose/load/confined-files.ts';
import type { FileSystem, PathKind, ReadResult } from '#compose/load/host.ts';
import type { FileKind } from '#compose/load/read-limits.ts';
import { systemPath } from '#compose/load/system-path.ts';
import type { ServerHost } from '../host.ts';
import { fileUri, isOnDisk, pathOf } from '../to-lsp/uri.ts';
import { SourceFile } from './files.ts';
import { LinedDocument } from '../to-lsp/lined-document.ts';

/**
 * The texts the server works on: open documents over the disk. What was read from the disk is kept until the client
 * reports a change; if the client cannot report changes, it is kept for one request only.
 */
export class Workspace {
  /** The disk as the user sees it, with what is open but not saved. */
  readonly files: FileSystem;
  /** Absolute. */
  folders: readonly string[] = [];
  /** Whether changes on the disk are reported, so that what was read may be kept. */
  watching = false;
  /** False: nothing outside the workspace folders is read, nor what a link in them leads to outside. */
  trusted = true;
  /** Grows with every change of any text. */
  revision = 0;
  readonly #host: ServerHost;
  readonly #open = new Map<string, SourceFile>();
  readonly #openedAt = new Map<string, number>();
  readonly #uriOfOpenPath = new Map<string, string>();
  readonly #inside: FileSystem;
  /** By path, then by what it was read as. */
  readonly #disk = new Map<string, Map<FileKind, Promise<ReadResult>>>();
  readonly #parsedDisk = new Map<string, SourceFile>();
  #edits: Edited[] = [];
  readonly #listeners = new Set<(change: WorkspaceChange) => void>();

  constructor(host: ServerHost) {
    this.#host = host;
    this.files = {
      read: (path, kind) => this.#read(path, kind),
      stat: (path) => this.#stat(path),
      list: (path) => this.#diskFiles().list(path),
      realPath: async (path) => host.files.realPath?.(path) ?? path,
    };
    this.#inside = confinedFiles(host.files, () => this.folders, systemPath(host.platform));
  }

  /** The document, if it is open. */
  open(uri: string): SourceFile | undefined {
    return this.#open.get(uri);
  }

  get openFiles(): Iterable<SourceFile> {
    return this.#open.values();
  }

  /** Those of them that are YAML. */
  get openComposeFiles(): readonly SourceFile[] {
    return [...this.#open.values()].filter(({ isEnv }) => !isEnv);
  }

  /** The URI of a path: the open document's own where it is open. */
  uriOf(path: string): string {
    return this.#uriOfOpenPath.get(path) ?? fileUri(path);
  }

  /** The file, open or from the disk; `undefined` if it cannot be read. */
  async file(path: string, kind: FileKind = 'compose'): Promise<SourceFile | undefined> {
    const uri = this.#uriOfOpenPath.get(path);
    if (uri !== undefined) return this.#open.get(uri);
    const result = await this.#read(path, kind);
    if (result.kind !== 'text') return undefined;
    const known = this.#parsedDisk.get(path);
    if (known !== undefined && known.text === result.text) return known;
    const languageId = kind === 'env' ? 'dotenv' : 'dockercompose';
    const file = new SourceFile(new LinedDocument(fileUri(path), languageId, 0, result.text), path);
    this.#parsedDisk.set(path, file);
    return file;
  }

  /** The text behind a URI that was met before, without reading anything. */
  known(uri: string): SourceFile | undefined {
    return this.#open.get(uri) ?? this.#parsedDisk.get(pathOf(uri));
  }

  didOpen(uri: string, languageId: string, version: number, text: string): void {
    const path = pathOf(uri);
    const before = this.known(uri)?.text;
    const replaced = before !== undefined && before !== text;
    const edits = replaced ? [{ start: 0, end: before.length, length: text.length }] : [];
    this.#open.set(uri, new SourceFile(new LinedDocument(uri, languageId, version, text), path));
    this.#uriOfOpenPath.set(path, uri);
    this.#changed({ uri, path, kind: 'opened', edits });
    this.#openedAt.set(uri, this.revision);
  }

  /** Changes to a document that is not open are ignored. */
  didChange(uri: string, version: number, changes: readonly TextDocumentContentChangeEvent[]): void {
    const before = this.#open.get(uri);
    if (before === undefined) return;
    const { document, edits } = applyChanges(before.document, changes, version);
    this.#open.set(uri, new SourceFile(document, before.path, before));
    this.#changed({ uri, path: before.path, kind: 'edited', edits });
  }

  didClose(uri: string): void {
    this.#open.delete(uri);
    this.#openedAt.delete(uri);
    const path = pathOf(uri);
    if (this.#uriOfOpenPath.get(path) === uri) this.#uriOfOpenPath.delete(path);
    this.#forget(path);
    this.#changed({ uri, path, kind: 'closed', edits: [] });
  }

  didChangeOnDisk(paths: readonly string[]): void {
    for (const path of paths) this.#forget(path);
    this.#changed({ uri: undefined, path: undefined, paths, kind: 'disk', edits: [] });
  }

  /** The revision that opening a document made. */
  openedAt(uri: string): number {
    return this.#openedAt.get(uri) ?? 0;
  }

  /** What was edited in a document after a revision, in order. */
  editsSince(uri: string, revision: number): readonly TextEdited[] {
    return this.#edits.filter((edit) => edit.uri === uri && edit.revision > revision);
  }

  onChange(listener: (change: WorkspaceChange) => void): void {
    this.#listeners.add(listener);
  }

  #changed(change: WorkspaceChange): void {
    this.revision += 1;
    for (const edit of change.edits)
      this.#edits.push({ ...edit, uri: change.uri ?? '', revision: this.revision });
    if (this.#edits.length > keptEdits) this.#edits = this.#edits.slice(-keptEdits);
    for (const listener of this.#listeners) listener(change);
  }

  /** Lets go of what was read from the disk, but for some. */
  forgetAllBut(needed: ReadonlySet<string>): void {
    for (const path of [...this.#disk.keys(), ...this.#parsedDisk.keys()])
      if (!needed.has(path)) this.#forget(path);
  }

  #forget(path: string): void {
    this.#disk.delete(path);
    this.#parsedDisk.delete(path);
  }

  /** What there is outside of the workspace's folders; nothing in an untrusted workspace. */
  get machine(): Pick<ServerHost, 'files' | 'environment' | 'home' | 'platform'> | undefined {
    return this.trusted ? this.#host : undefined;
  }

  #diskFiles(): FileSystem {
    return this.trusted ? this.#host.files : this.#inside;
  }

  /** What is open is there, and the folder it is in. */
  async #stat(path: string): Promise<PathKind> {
    if (this.#uriOfOpenPath.has(path)) return 'file';
    const found = await this.#diskFiles().stat(path);
    if (found !== 'missing') return found;
    for (const open of this.#uriOfOpenPath.keys()) if (dirname(open) === path) return 'directory';
    return 'missing';
  }

  async #read(path: string, kind: FileKind = 'compose'): Promise<ReadResult> {
    const uri = this.#uriOfOpenPath.get(path);
    const open = uri === undefined ? undefined : this.#open.get(uri);
    if (open === undefined) return this.#readDisk(path, kind);
    // The text is the editor's. What stands for bytes that it could not make out was such a byte, or is written so: the disk shows which.
    const { text } = open;
    const saved = isOnDisk(path) && text.includes('\uFFFD') ? await this.#readDisk(path, kind) : undefined;
    if (saved?.kind !== 'text' || saved.fault === undefined) return { kind: 'text', text };
    return { ...saved, text, fault: { ...saved.fault, start: Math.min(saved.fault.start, text.length) } };
  }

  #readDisk(path: string, kind: FileKind): Promise<ReadResult> {
    if (!this.watching) return this.#diskFiles().read(path, kind);
    const known = this.#disk.get(path) ?? new Map<FileKind, Promise<ReadResult>>();
    this.#disk.set(path, known);
    const read = known.get(kind) ?? this.#diskFiles().read(path, kind);
    known.set(kind, read);
    return read;
  }
}

export interface WorkspaceChange {
  /** `undefined`: something on the disk. */
  readonly uri: string | undefined;
  readonly path: string | undefined;
  /** Of the disk. */
  readonly paths?: readonly string[];
  readonly kind: 'opened' | 'edited' | 'closed' | 'disk';
  /** In order, each in the offsets that the ones before it left. */
  readonly edits: readonly TextEdited[];
}

/** `[start, end)` was replaced by `length` characters. */
export interface TextEdited {
  readonly start: number;
  readonly end: number;
  readonly length: number;
}

interface Edited extends TextEdited {
  readonly uri: string;
  readonly revision: number;
}

/** A project is loaded anew long before as many edits have come together. */
const keptEdits = 1000;

/** The next version of a document, which stays as it is: the protocol's changes are applied one after the other. */
function applyChanges(
  before: LinedDocument,
  changes: readonly TextDocumentContentChangeEvent[],
  version: number,
): { readonly document: LinedDocument; readonly edits: readonly TextEdited[] } {
  const edits: TextEdited[] = [];
  let document = before;
  for (const change of changes) {
    const [start, end] =
      'range' in change ? offsetsOf(document, change.range) : [0, document.getText().length];
    document = document.edited(start, end, change.text, version);
    edits.push({ start, end, length: change.text.length });
  }
  return { document: document === before ? before.edited(0, 0, '', version) : document, edits };
}

/** In order, whichever way round a client gives them. */
function offsetsOf(document: LinedDocument, range: Range): readonly [start: number, end: number] {
  const start = document.offsetAt(range.start);
  const end = document.offsetAt(range.end);
  return start <= end ? [start, end] : [end, start];
}
