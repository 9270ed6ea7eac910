// The plain values of VS Code's API that client code makes and compares, in memory.

interface UriParts {
  readonly scheme: string;
  readonly authority?: string;
  readonly path?: string;
  readonly fragment?: string;
  readonly query?: string;
}

export class Uri {
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
  readonly fragment: string;
  readonly query: string;

  private constructor(parts: UriParts) {
    this.scheme = parts.scheme;
    this.authority = parts.authority ?? '';
    this.path = parts.path ?? '';
    this.fragment = parts.fragment ?? '';
    this.query = parts.query ?? '';
  }

  static parse(text: string): Uri {
    const [, scheme = 'file', authority = '', path = ''] =
      /^([a-z][\w+.-]*):(?:\/\/([^/]*))?(.*)$/i.exec(text) ?? [];
    return new Uri({ scheme, authority, path: decodeURIComponent(path) });
  }

  static file(path: string): Uri {
    return new Uri({ scheme: 'file', path });
  }

  static from(parts: UriParts): Uri {
    return new Uri(parts);
  }

  with(change: Partial<UriParts>): Uri {
    const { scheme, authority, path, fragment, query } = this;
    return new Uri({ scheme, authority, path, fragment, query, ...change });
  }

  static joinPath({ scheme, authority, path }: Uri, ...parts: readonly string[]): Uri {
    return new Uri({ scheme, authority, path: [path.replace(/\/$/, ''), ...parts].join('/') });
  }

  get fsPath(): string {
    return this.path;
  }

  toString(): string {
    const fragment = this.fragment === '' ? '' : `#${this.fragment}`;
    return `${this.scheme}://${this.authority}${encodeURI(this.path)}${fragment}`;
  }
}

export class Position {
  readonly line: number;
  readonly character: number;

  constructor(line: number, character: number) {
    this.line = line;
    this.character = character;
  }
}

export class Range {
  readonly start: Position;
  readonly end: Position;

  constructor(...at: readonly [Position, Position] | readonly [number, number, number, number]) {
    [this.start, this.end] = at.length === 2 ? at : [new Position(at[0], at[1]), new Position(at[2], at[3])];
  }
}

export class Diagnostic {
  readonly range: Range;
  readonly message: string;
  readonly severity: number;
  code: string | undefined;
  source: string | undefined;

  constructor(range: Range, message: string, severity: number) {
    this.range = range;
    this.message = message;
    this.severity = severity;
  }
}

export class FileSystemError extends Error {
  readonly code: string;

  private constructor(code: string, about: Uri | string | undefined) {
    super(String(about ?? code));
    this.code = code;
  }

  static readonly FileExists = (about?: Uri | string) => new FileSystemError('FileExists', about);
  static readonly FileNotFound = (about?: Uri | string) => new FileSystemError('FileNotFound', about);
  static readonly Unavailable = (about?: Uri | string) => new FileSystemError('Unavailable', about);
}

export class DocumentLink {
  readonly range: Range;
  readonly target: Uri | undefined;

  constructor(range: Range, target?: Uri) {
    this.range = range;
    this.target = target;
  }
}

export class ProcessExecution {
  readonly process: string;
  readonly args: readonly string[];

  constructor(process: string, args: readonly string[]) {
    this.process = process;
    this.args = args;
  }
}

export class Task {
  readonly definition: object;
  readonly scope: unknown;
  readonly name: string;
  readonly source: string;
  readonly execution: ProcessExecution;

  constructor(definition: object, scope: unknown, name: string, source: string, execution: ProcessExecution) {
    this.definition = definition;
    this.scope = scope;
    this.name = name;
    this.source = source;
    this.execution = execution;
  }
}

export class MarkdownString {
  value: string;

  constructor(value = '') {
    this.value = value;
  }

  appendMarkdown(text: string): this {
    this.value += text;
    return this;
  }

  appendText(text: string): this {
    return this.appendMarkdown(text);
  }

  appendCodeblock(text: string): this {
    return this.appendMarkdown(text);
  }
}

export class Hover {
  readonly contents: MarkdownString;

  constructor(contents: MarkdownString) {
    this.contents = contents;
  }
}

export class LanguageModelTextPart {
  readonly value: string;

  constructor(value: string) {
    this.value = value;
  }
}

export class LanguageModelToolResult {
  readonly content: readonly LanguageModelTextPart[];

  constructor(content: readonly LanguageModelTextPart[]) {
    this.content = content;
  }
}

export class Disposable {
  readonly dispose: () => void;

  constructor(dispose: () => void) {
    this.dispose = dispose;
  }

  static from(...all: readonly { dispose(): void }[]): Disposable {
    return new Disposable(() => {
      for (const each of all) each.dispose();
    });
  }
}

export class EventEmitter<T> {
  readonly #listeners = new Set<(event: T) => unknown>();

  readonly event = (listener: (event: T) => unknown): Disposable => {
    this.#listeners.add(listener);
    return new Disposable(() => this.#listeners.delete(listener));
  };

  fire(event: T): void {
    for (const listener of [...this.#listeners]) listener(event);
  }

  dispose(): void {
    this.#listeners.clear();
  }

  /** For tests that look at who still listens. */
  get listeners(): number {
    return this.#listeners.size;
  }
}

export class ThemeIcon {
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }
}

export class ThemeColor extends ThemeIcon {}

export class TabInputText {
  readonly uri: Uri;

  constructor(uri: Uri) {
    this.uri = uri;
  }
}

export const ConfigurationTarget = { Global: 1, Workspace: 2 } as const;
export const DiagnosticSeverity = { Error: 0, Warning: 1, Information: 2, Hint: 3 } as const;
export const FileChangeType = { Changed: 1, Created: 2, Deleted: 3 } as const;
export const FileType = { Unknown: 0, File: 1, Directory: 2, SymbolicLink: 64 } as const;
export const ProgressLocation = { Window: 10, Notification: 15 } as const;
export const QuickPickItemKind = { Separator: -1, Default: 0 } as const;
export const StatusBarAlignment = { Left: 1, Right: 2 } as const;
export const TaskRevealKind = { Always: 1, Silent: 2, Never: 3 } as const;
export const TaskScope = { Global: 1, Workspace: 2 } as const;
export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 } as const;
export const ViewColumn = { Active: -1, Beside: -2, One: 1 } as const;

export class TreeItem {
  readonly label: string;
  readonly collapsibleState: number;

  constructor(label: string, collapsibleState: number) {
    this.label = label;
    this.collapsibleState = collapsibleState;
  }
}
