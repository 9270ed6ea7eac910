import { basename } from '#system/path.ts';
import type { Node } from '#compose/syntax/node.ts';
import { parse } from '#compose/syntax/parse.ts';
import type { ParsedFile } from '#compose/syntax/parsed-file.ts';
import { reparse } from '#compose/syntax/reparse.ts';
import type { LinedDocument } from '../to-lsp/lined-document.ts';

/** A text and what is derived from it, each part made when it is first asked for. Immutable: an edit makes a new one. */
export class SourceFile {
  readonly document: LinedDocument;
  readonly text: string;
  readonly path: string;
  #parsed: ParsedFile | undefined;
  /** The newest version before this one that was parsed: most of it can be kept. */
  #before: ParsedFile | undefined;
  readonly #derived = new Map<object, unknown>();

  constructor(document: LinedDocument, path: string, before?: SourceFile) {
    this.document = document;
    this.text = document.getText();
    this.path = path;
    this.#before = before === undefined ? undefined : (before.#parsed ?? before.#before);
  }

  get uri(): string {
    return this.document.uri;
  }

  /** An env file, or a text that may be one: no YAML. */
  get isEnv(): boolean {
    const { languageId } = this.document;
    return languageId === 'dotenv' || (textLanguages.has(languageId) && !/\.ya?ml$/.test(this.path));
  }

  /** An env file by its language or its name. What is not is one only if a compose file says so. */
  get isEnvByName(): boolean {
    return this.document.languageId === 'dotenv' || isEnvName(this.path);
  }

  get parsed(): ParsedFile {
    this.#parsed ??=
      this.#before === undefined ? parse(this.uri, this.text) : reparse(this.#before, this.text);
    this.#before = undefined;
    return this.#parsed;
  }

  /** The documents that have content. */
  get roots(): readonly Node[] {
    return this.parsed.documents.flatMap((document) => document.root ?? []);
  }

  /** `make(this)`, made once for each `make`. */
  derive<T>(make: (file: SourceFile) => T): T {
    if (!this.#derived.has(make)) this.#derived.set(make, make(this));
    return this.#derived.get(make) as T;
  }
}

/** What env files are to editors that have no language for them. */
const textLanguages: ReadonlySet<string> = new Set([
  '',
  'env',
  'plaintext',
  'properties',
  'shellscript',
  'ini',
]);

/** `.env`, `.env.prod`, `web.env`. */
export function isEnvName(path: string): boolean {
  return /^\.env(?:\..+)?$|\.env$/.test(basename(path));
}
