import { severityOf } from '../problem/codes.ts';
import { phrase } from '../problem/phrase.ts';
import type { Span } from '../problem/span.ts';
import type { Node } from '../syntax/node.ts';
import { parse } from '../syntax/parse.ts';
import type { ParsedFile } from '../syntax/parsed-file.ts';
import type { Report } from '../syntax/report.ts';
import { resolveDocument } from '../syntax/resolve.ts';
import type { Host, PathKind, ReadResult } from './host.ts';
import { type FileKind, sizeLimits } from './read-limits.ts';
import { encodingProblem, unread } from './read-problems.ts';
import type { RemoteAddress } from './remote-address.ts';
import { looksRemote, remoteAddress } from './remote-address.ts';
import type { FetchedFile, RemoteFile } from './remote-files.ts';

/** A Compose file as read: one tree per document, aliases and merge keys worked out. */
export interface ComposeFile {
  readonly path: string;
  readonly uri: string;
  readonly text: string;
  readonly documents: readonly (Node | undefined)[];
}

/** How a file is asked for. */
export interface Asked {
  /** Where. */
  readonly at?: Span;
  /** What is said when it is not there. */
  readonly missing?: 'file-not-found' | 'file-not-found.env-file';
  /** An env file that Docker Compose reads only if it is UTF-8 throughout. */
  readonly strict?: boolean;
  /** Named by the person who waits, not by another file. */
  readonly named?: boolean;
}

/** Reads the files of one load, each once, and reports what is wrong with them where they are asked for. */
export class ComposeFiles {
  readonly #host: Host;
  readonly #report: Report;
  readonly #files = new Map<string, Promise<ComposeFile | undefined>>();
  readonly #texts = new Map<string, string>();
  readonly #remote = new Map<string, Promise<RemoteFile>>();

  constructor(host: Host, report: Report) {
    this.#host = host;
    this.#report = report;
  }

  /** The texts of everything read, by URI. */
  get texts(): ReadonlyMap<string, string> {
    return this.#texts;
  }

  /** The start of a file: the place of problems with the file itself. */
  startOf(path: string): Span {
    return { uri: this.#host.uriOf(path), start: 0, end: 0 };
  }

  /** A file parsed; `undefined` if it cannot be read, which was reported where it is asked for, or at the file. */
  compose(path: string, asked: Asked = {}): Promise<ComposeFile | undefined> {
    const known = this.#files.get(path);
    if (known !== undefined) return known;
    const file = this.#readCompose(path, asked);
    this.#files.set(path, file);
    return file;
  }

  /**
   * Where a remote file lies here, for a text that names one: `undefined` for a path. What cannot be had is reported where it is asked for, and `absent`.
   */
  async fetched(text: string, at: Span): Promise<FetchedFile | 'absent' | undefined> {
    const address = remoteAddress(text);
    if (address === undefined && !looksRemote(text)) return undefined;
    const code = 'remote-file';
    const found: RemoteFile =
      address === undefined
        ? { kind: 'absent', why: phrase('remote-file.form', { name: text }) }
        : await this.#locate(text, address);
    if (found.kind === 'absent') {
      const data = address === undefined ? undefined : { address: text };
      this.#report({
        code,
        message: found.why,
        severity: severityOf(code),
        span: at,
        ...(data && { data }),
      });
      return 'absent';
    }
    if (found.stale !== undefined)
      this.#report({
        code: 'remote-file-stale',
        message: found.stale,
        severity: severityOf('remote-file-stale'),
        span: at,
      });
    return found;
  }

  #locate(text: string, address: RemoteAddress): Promise<RemoteFile> {
    const none: RemoteFile = { kind: 'absent', why: phrase('remote-file', { name: address.shown }) };
    const known =
      this.#remote.get(text) ?? this.#host.remote?.locate(address) ?? Promise.resolve<RemoteFile>(none);
    this.#remote.set(text, known);
    return known;
  }

  /** Parses a text that is not on the disk. */
  fromText(path: string, text: string): ComposeFile {
    return this.#parsed(path, text);
  }

  /** The text of any file; `undefined` if it cannot be read, which was reported. */
  async text(
    path: string,
    kind: FileKind,
    { at, missing, strict, named }: Asked = {},
  ): Promise<string | undefined> {
    const place = at ?? this.startOf(path);
    const result = within(await this.#host.files.read(path, kind, named), sizeLimits[kind]);
    if (result.kind !== 'text') {
      this.#report(unread(result, path, place, missing));
      return undefined;
    }
    const uri = this.#host.uriOf(path);
    const fault = encodingProblem(result, kind, strict === true, path, uri);
    if (fault !== undefined) this.#report(fault);
    this.#texts.set(uri, result.text);
    return result.text;
  }

  /** What is at a path, without reporting anything. What may not be read is taken for missing. */
  stat(path: string): Promise<PathKind> {
    return this.#host.files.stat(path);
  }

  async #readCompose(path: string, asked: Asked): Promise<ComposeFile | undefined> {
    const text = await this.text(path, 'compose', asked);
    return text === undefined ? undefined : this.#parsed(path, text);
  }

  #parsed(path: string, text: string): ComposeFile {
    const uri = this.#host.uriOf(path);
    this.#texts.set(uri, text);
    const parsed: ParsedFile = this.#host.parsed?.(uri, text) ?? parse(uri, text);
    for (const problem of parsed.problems) this.#report(problem);
    const documents = parsed.documents.map((document) => {
      const { root, problems } = resolveDocument(document);
      for (const problem of problems) this.#report(problem);
      return root;
    });
    return { path, uri, text, documents };
  }
}

/** An open document is not held by the disk's limit. */
function within(result: ReadResult, limit: number): ReadResult {
  return result.kind === 'text' && result.text.length > limit ? { kind: 'too-large', limit } : result;
}
