import type { Diagnostic } from 'vscode-languageserver';
import type { SourceFile } from '../workspace/files.ts';
import type { ProjectNames } from '../workspace/names.ts';
import type { Wording } from '../words/words.ts';

/** A change that takes a diagnostic away. */
export interface Fix extends Changes {
  readonly title: Wording;
  /** What most people would do. */
  readonly preferred?: true;
}

/** What is changed, in the document and beside it. */
export interface Changes {
  readonly edits?: readonly Edit[];
  /** A file to create, absolute, with what is in it. */
  readonly create?: { readonly path: string; readonly text: string };
  /** A line to add at the end of another file, absolute; the file is created if need be. */
  readonly append?: { readonly path: string; readonly line: string };
}

/** In offsets of the document. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/** What is around a file. */
export interface Surroundings {
  /** What relative paths are relative to. */
  readonly directory: string;
  /** Whether a variable is set where `.env` cannot change it: in the environment of the process. */
  readonly isSetOutside: (name: string) => boolean;
}

export interface FixContext {
  readonly file: SourceFile;
  readonly diagnostic: Diagnostic;
  /** Offsets of the diagnostic. */
  readonly start: number;
  readonly end: number;
  readonly data: Readonly<Record<string, unknown>>;
  readonly names: ProjectNames;
  readonly surroundings: Surroundings;
}

export type Fixer = (context: FixContext) => readonly Fix[];
