import type { Diagnostic, Range } from 'vscode-languageserver';
import { severityNames } from '#compose/check/composurerc.ts';
import { dclintCodes } from '#compose/check/dclint/rules.ts';
import type { Severity } from '#compose/problem/problem.ts';
import type { Edit } from '../actions/fix.ts';
import { fixContext } from '../actions/fix-context.ts';
import { fixesFor, safeCodes } from '../actions/fixes.ts';
import { keepsProject, withEdits } from '../actions/same-project.ts';
import { type DiagnosticsContext, diagnosticsOf } from '../diagnostics/diagnostics-of.ts';
import type { ServerHost } from '../host.ts';
import type { Log } from '../log.ts';
import type { ChosenProject } from '../protocol.ts';
import { defaultSettings } from '../settings.ts';
import { pathOf } from '../to-lsp/uri.ts';
import { englishCatalogue } from '../words/words.ts';
import { Diagnoser } from '../workspace/diagnoser.ts';
import type { SourceFile } from '../workspace/files.ts';
import { ProjectConfigs } from '../workspace/project-configs.ts';
import { Projects } from '../workspace/projects.ts';
import { Settling } from '../workspace/settling.ts';
import { isStackFile } from '../workspace/stack-files.ts';
import { Workspace } from '../workspace/workspace.ts';
import type { Finding, TextRange } from './finding.ts';

export interface CheckedFile {
  /** In the order of the text. */
  readonly findings: readonly Finding[];
  /** From which severity on this file's configuration calls it a failure. */
  readonly failOn: Severity | undefined;
}

export interface CheckerOptions {
  readonly host: Pick<ServerHost, 'files' | 'environment' | 'home' | 'platform' | 'remoteCache'>;
  /** Where the search for configurations and projects upwards ends. Absolute. */
  readonly root: string;
  /** Is told what is wrong with configurations. */
  readonly log: Log;
  /** How the files given are to be put together, instead of by their names. */
  readonly chosen?: ChosenProject;
}

/** Says of files on the disk what an editor would, without one. What was read is kept until `changed`. */
export class Checker {
  readonly #context: DiagnosticsContext;
  readonly #workspace: Workspace;

  constructor({ host, root, log, chosen }: CheckerOptions) {
    const server: ServerHost = { ...host, diagnosticsPage: '', now: () => 0 };
    this.#workspace = new Workspace(server);
    this.#workspace.folders = [root];
    this.#workspace.watching = true;
    const projects = new Projects(this.#workspace, server, log);
    if (chosen !== undefined) projects.choose([chosen]);
    this.#context = {
      workspace: this.#workspace,
      projects,
      diagnoser: new Diagnoser(this.#workspace, projects, new Settling(this.#workspace, projects, log)),
      configs: new ProjectConfigs(this.#workspace, log),
      settings: defaultSettings,
      diagnosticsPage: '',
      words: englishCatalogue,
      imageHealthChecks: new Map(),
      olderImages: new Set(),
      hasModelRunner: undefined,
    };
  }

  /** `undefined` if the file cannot be read. */
  async check(path: string): Promise<CheckedFile | undefined> {
    const file = await this.#workspace.file(path);
    if (file === undefined) return undefined;
    const own = await this.#context.configs.own(path);
    const diagnostics = await this.#diagnostics(file);
    return { findings: diagnostics.map((each) => toFinding(file, each)), failOn: own?.failOn };
  }

  /** Whether the configuration wants nothing said about a file. */
  async isExcluded(path: string): Promise<boolean> {
    const own = await this.#context.configs.own(path);
    return own !== undefined && isStackFile(path, own.exclude);
  }

  /** The compose files that a file's project is made of, included and extended ones among them. */
  async filesBeside(path: string): Promise<readonly string[]> {
    const { projects } = this.#context;
    const { result } = await projects.load(await projects.of(path));
    const known = result.partial?.trace?.variablesOf.keys() ?? [];
    return [...known].map(pathOf);
  }

  /**
   * The text of a file with its preferred fixes, all those after which the project is what it was: it is loaded with each. `undefined`: there is nothing to
   * fix. More may be fixed once that text is on the disk.
   */
  async fixed(path: string): Promise<string | undefined> {
    const file = await this.#workspace.file(path);
    if (file === undefined) return undefined;
    const wanted: (readonly Edit[])[] = [];
    for (const diagnostic of await this.#diagnostics(file)) {
      if (!fixable.has(String(diagnostic.code))) continue;
      const fix = fixesFor(await fixContext(this.#context, file, diagnostic)).find(isPlain);
      if (fix?.edits !== undefined) wanted.push(fix.edits);
    }
    const apart = wanted.reduce(together, []);
    if (apart.length === 0) return undefined;
    const kept = (await this.#keeps(file, apart)) ? apart : await this.#keptOneByOne(file, wanted);
    return kept.length === 0 ? undefined : withEdits(file.text, kept);
  }

  changed(paths: readonly string[]): void {
    this.#workspace.didChangeOnDisk(paths);
  }

  async #diagnostics(file: SourceFile): Promise<readonly Diagnostic[]> {
    return diagnosticsOf(this.#context, file, await this.#context.diagnoser.complete(file));
  }

  #keeps(file: SourceFile, edits: readonly Edit[]): Promise<boolean> {
    return keepsProject(this.#context, file, { edits });
  }

  async #keptOneByOne(file: SourceFile, fixes: readonly (readonly Edit[])[]): Promise<readonly Edit[]> {
    let kept: readonly Edit[] = [];
    for (const edits of fixes) {
      const more = together(kept, edits);
      if (more !== kept && (await this.#keeps(file, more))) kept = more;
    }
    return kept;
  }
}

/** What changes how a file is written and not what it means. */
const fixable: ReadonlySet<string> = new Set([...safeCodes, ...dclintCodes]);

function isPlain(fix: ReturnType<typeof fixesFor>[number]): boolean {
  return fix.preferred === true && fix.create === undefined && fix.append === undefined;
}

/** Edits and those of one more fix, unless they touch each other. */
function together(edits: readonly Edit[], more: readonly Edit[]): readonly Edit[] {
  const isApart = more.every((a) => edits.every((b) => a.end <= b.start || b.end <= a.start));
  return isApart ? [...edits, ...more] : edits;
}

function toFinding(file: SourceFile, diagnostic: Diagnostic): Finding {
  const { range, code, severity, message, relatedInformation = [] } = diagnostic;
  const data: unknown = diagnostic.data;
  const place = typeof data === 'object' && data !== null && 'path' in data ? String(data.path) : '';
  return {
    path: file.path,
    code: String(code),
    severity: severityNames[(severity ?? 1) - 1] ?? 'error',
    message: typeof message === 'string' ? message : message.value,
    range: toTextRange(range),
    about: `${place}\n${file.document.getText(range)}`,
    related: relatedInformation.map(({ location, message: why }) => ({
      path: pathOf(location.uri),
      range: toTextRange(location.range),
      message: why,
    })),
  };
}

function toTextRange({ start, end }: Range): TextRange {
  const position = ({ line, character }: Range['start']) => ({ line: line + 1, column: character + 1 });
  return { start: position(start), end: position(end) };
}
