import type { ProblemCode } from '../problem/codes.ts';
import { severityOf } from '../problem/codes.ts';
import type { Host } from './host.ts';
import type { Problem } from '../problem/problem.ts';
import type { Node } from '../syntax/node.ts';
import { parse } from '../syntax/parse.ts';
import type { ParsedFile } from '../syntax/parsed-file.ts';
import { resolveDocument } from '../syntax/resolve.ts';
import type { Span } from '../problem/span.ts';
import type { Report } from '../syntax/report.ts';
import type { SystemPath } from './system-path.ts';
import { phrase, type Phrase } from '../problem/phrase.ts';

/** A Compose file as read: one tree per document, aliases and merge keys worked out. */
export interface ComposeFile {
  readonly path: string;
  readonly uri: string;
  readonly text: string;
  readonly documents: readonly (Node | undefined)[];
}

/** Files beyond this are not read. */
const maxCharacters = 10_000_000;

/** Reads the files of one load, each once, and reports what is wrong with them where they are asked for. */
export class ComposeFiles {
  readonly #host: Host;
  readonly #paths: SystemPath;
  readonly #report: Report;
  readonly #confinedTo: string | undefined;
  readonly #files = new Map<string, Promise<ComposeFile | undefined>>();
  readonly #texts = new Map<string, string>();

  constructor(host: Host, paths: SystemPath, report: Report, confinedTo: string | undefined) {
    this.#host = host;
    this.#paths = paths;
    this.#report = report;
    this.#confinedTo = confinedTo;
  }

  /** The texts of everything read, by URI. */
  get texts(): ReadonlyMap<string, string> {
    return this.#texts;
  }

  /** The start of a file: the place of problems with the file itself. */
  startOf(path: string): Span {
    return { uri: this.#host.uriOf(path), start: 0, end: 0 };
  }

  /** A file parsed; `undefined` if it cannot be read, which was reported at `askedAt`, or at the file. */
  compose(path: string, askedAt?: Span): Promise<ComposeFile | undefined> {
    const known = this.#files.get(path);
    if (known !== undefined) return known;
    const file = this.#readCompose(path, askedAt);
    this.#files.set(path, file);
    return file;
  }

  /** Parses a text that is not on the disk. */
  fromText(path: string, text: string): ComposeFile {
    return this.#parsed(path, text);
  }

  /** The text of any file; `undefined` if it cannot be read, which was reported. */
  async text(
    path: string,
    askedAt?: Span,
    code: ProblemCode = 'file-not-found',
    kind: 'file' | 'env file' = 'file',
  ): Promise<string | undefined> {
    const at = askedAt ?? this.startOf(path);
    if (!(await this.#mayRead(path))) {
      this.#problem('outside-workspace', at, phrase('outside-workspace', { path }));
      return undefined;
    }
    const result = await this.#host.files.read(path);
    switch (result.kind) {
      case 'missing':
        this.#problem(
          code,
          at,
          kind === 'file' ? phrase('file-not-found', { path }) : phrase('file-not-found.env-file', { path }),
          { path },
        );
        return undefined;
      case 'unreadable':
        this.#problem('file-unreadable', at, phrase('file-unreadable', { path, reason: result.reason }));
        return undefined;
      case 'text':
        if (result.text.length > maxCharacters) {
          this.#problem('file-too-large', at, phrase('file-too-large', { path }));
          return undefined;
        }
        this.#texts.set(this.#host.uriOf(path), result.text);
        return result.text;
    }
  }

  /** Whether something is at a path, without reporting anything. What may not be read is taken for missing. */
  async stat(path: string): Promise<'file' | 'directory' | 'missing'> {
    return (await this.#mayRead(path)) ? this.#host.files.stat(path) : 'missing';
  }

  /** Inside, and not by a link that leads outside. */
  async #mayRead(path: string): Promise<boolean> {
    if (this.#confinedTo === undefined) return true;
    const { files } = this.#host;
    if (!this.allows(path) || files.realPath === undefined) return this.allows(path);
    const [real, inside] = await Promise.all([files.realPath(path), files.realPath(this.#confinedTo)]);
    return this.#paths.isInside(real, inside);
  }

  allows(path: string): boolean {
    return this.#confinedTo === undefined || this.#paths.isInside(path, this.#confinedTo);
  }

  async #readCompose(path: string, askedAt: Span | undefined): Promise<ComposeFile | undefined> {
    const text = await this.text(path, askedAt);
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

  #problem(code: ProblemCode, span: Span, message: Phrase, data?: { readonly path: string }): void {
    const problem: Problem = { code, message, severity: severityOf(code), span };
    this.#report(data === undefined ? problem : { ...problem, data });
  }
}
