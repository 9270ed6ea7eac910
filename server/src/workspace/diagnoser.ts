import { phraseIdentity } from '#compose/problem/phrase.ts';
import type { Problem } from '#compose/problem/problem.ts';
import { unusedNames } from '#compose/check/unused.ts';
import { isOnDisk } from '../to-lsp/uri.ts';
import { envProblems } from '../env/env-problems.ts';
import { brokenElsewhere } from './broken-elsewhere.ts';
import { certainOf } from './certain.ts';
import { fileProblems } from './file-problems.ts';
import type { SourceFile } from './files.ts';
import { namesIn, namesOf, resourcesIn } from './names.ts';
import type { LoadedReference, Projects } from './projects.ts';
import type { ProjectReference } from './project-reference.ts';
import type { Settling } from './settling.ts';
import { usedNames } from './used-names.ts';
import type { TextEdited, Workspace } from './workspace.ts';

/**
 * What is wrong with a document: what its own text shows, at once, and what only the whole project shows, which is found
 * off the keystroke's way. Until that is done, what was found before stands, moved along with the edits.
 */
export class Diagnoser {
  readonly #workspace: Workspace;
  readonly #projects: Projects;
  readonly #settling: Settling;
  readonly #listeners = new Set<() => void>();
  /** What was last answered about each open document from its project, and for which text of it. */
  readonly #told = new Map<string, { readonly file: SourceFile; readonly found: string }>();

  constructor(workspace: Workspace, projects: Projects, settling: Settling) {
    this.#workspace = workspace;
    this.#projects = projects;
    this.#settling = settling;
    settling.onSettled(() => this.#compare());
  }

  /** Everything, with the project loaded as it is now. */
  async complete(file: SourceFile): Promise<readonly Problem[]> {
    if (file.isEnv) return this.#ofEnv(file, true);
    const reference = await this.#projects.of(file.path);
    const loaded = await this.#projects.load(reference);
    return this.#join(file, await this.#projectProblems(file, reference, loaded));
  }

  /** What can be said without loading anything; `refresh` is announced when there turns out to be something else to say. */
  async quick(file: SourceFile): Promise<readonly Problem[]> {
    this.#settling.want();
    if (file.isEnv) {
      this.#settling.soon();
      const found = await this.#ofEnv(file, false);
      this.#told.set(file.uri, { file, found: this.#described(found) });
      return found;
    }
    const reference = await this.#projects.of(file.path);
    const newest = this.#projects.newest(reference);
    // What was loaded before the document was opened is about another text.
    const before = newest === undefined || newest.loaded.revision < this.#workspace.openedAt(file.uri);
    const { loaded, current } = before
      ? { loaded: await this.#projects.load(reference), current: true }
      : newest;
    if (!current) this.#settling.soon();
    const found = await this.#projectProblems(file, reference, loaded);
    this.#told.set(file.uri, { file, found: this.#described(found) });
    // What the text shows is known better now than when the project was loaded.
    return this.#join(file, current ? found : found.filter(({ code }) => !shownByText(code)));
  }

  /** `listener` is called when documents should be looked at again. */
  onRefresh(listener: () => void): void {
    this.#listeners.add(listener);
  }

  refresh(): void {
    this.#told.clear();
    for (const listener of this.#listeners) listener();
  }

  /** Announces a refresh if an answer that stands is another one by now. */
  async #compare(): Promise<void> {
    for (const [uri, told] of this.#told) {
      const file = this.#workspace.open(uri);
      if (file === undefined) this.#told.delete(uri);
      // A document that was edited is asked about again anyway.
      if (file === undefined || file !== told.file) continue;
      const found = await this.#now(file);
      if (this.#described(found) === told.found) continue;
      this.refresh();
      return;
    }
  }

  /** What `quick` would say of the project once it is loaded. */
  async #now(file: SourceFile): Promise<readonly Problem[]> {
    if (file.isEnv) return this.#ofEnv(file, true);
    const reference = await this.#projects.of(file.path);
    return this.#projectProblems(file, reference, await this.#projects.load(reference));
  }

  #ofEnv(file: SourceFile, now: boolean): Promise<readonly Problem[]> {
    return envProblems({ workspace: this.#workspace, projects: this.#projects }, file, now);
  }

  /** The same for two answers that say the same. */
  #described(problems: readonly Problem[]): string {
    const described = problems.map((problem) => [
      problem.severity,
      identity(problem),
      phraseIdentity(problem.message),
      (problem.related ?? []).map(({ span }) => [
        span.uri,
        this.#workspace.known(span.uri)?.document.positionAt(span.start),
        span.end - span.start,
      ]),
    ]);
    return JSON.stringify(described);
  }

  async #projectProblems(
    file: SourceFile,
    reference: ProjectReference,
    loaded: LoadedReference,
  ): Promise<readonly Problem[]> {
    let problems = inFile(loaded, file.uri);
    if (reference.kind === 'variant' && problems.length > 0) {
      // Whether such a file goes on top of its base or stands alone only its user knows: wrong is what is so either way, said as of the file alone.
      const alone = await this.#projects.load(this.#projects.alone(file.path));
      const also = new Set(problems.map(identity));
      problems = inFile(alone, file.uri).filter((problem) => also.has(identity(problem)));
    }
    if (!isOnDisk(file.path)) problems = problems.filter((problem) => !aboutTheDisk.has(problem.code));
    const edits = this.#workspace.editsSince(file.uri, loaded.revision);
    if (edits.length > 0) problems = problems.flatMap((problem) => moved(problem, edits));
    const elsewhere = await brokenElsewhere(file, loaded, this.#workspace);
    return [...problems, ...elsewhere, ...(await this.#unused(file, loaded))];
  }

  /** Declared here and used nowhere in the project. Read from the files as they are now. */
  async #unused(file: SourceFile, loaded: LoadedReference): Promise<readonly Problem[]> {
    const used = usedNames(loaded);
    const isUsed = (section: string, name: string) => used.has(`${section} ${name}`);
    // Most are used, as loading showed: then nobody has to look through all names.
    if (resourcesIn(file).every(({ path: [section, name] }) => isUsed(String(section), String(name))))
      return [];
    const names = await namesOf(this.#workspace, loaded.reference);
    const uses = names.files.flatMap((other) => (names.isShared(other.path) ? namesIn(other) : []));
    return unusedNames(uses).filter(
      ({ span, data }) => span.uri === file.uri && !isUsed(String(data?.section), String(data?.name)),
    );
  }

  #join(file: SourceFile, ofProject: readonly Problem[]): readonly Problem[] {
    const own = file.derive(fileProblems);
    const certain = certainOf(file, own, ofProject);
    if (certain.length === 0) return inOrder(own);
    const starts = new Set(certain.map(({ span }) => span.start));
    const beside = own.filter(({ span }) => starts.has(span.start));
    const places = new Set(beside.map(identity));
    const errors = new Set(beside.filter(({ severity }) => severity === 'error').map(place));
    const paths = new Set(own.flatMap(({ severity, path }) => (severity === 'error' ? (path ?? []) : [])));
    const more = certain.filter(
      (problem) =>
        !places.has(identity(problem)) &&
        !(problem.severity === 'error' && (errors.has(place(problem)) || paths.has(problem.path ?? ''))),
    );
    return inOrder([...own, ...more]);
  }
}

function inOrder(problems: readonly Problem[]): readonly Problem[] {
  return problems.toSorted((a, b) => a.span.start - b.span.start);
}

const aboutTheDisk: ReadonlySet<string> = new Set([
  'file-not-found',
  'env-file',
  'label-file',
  'file-unreadable',
]);

/** Problems that a file's own text shows, which loading finds as well. */
function shownByText(code: string): boolean {
  return /^(?:yaml-|schema-)/.test(code) ? code !== 'schema-required' : code === 'duplicate-key';
}

function inFile(loaded: LoadedReference, uri: string): readonly Problem[] {
  return loaded.result.problems.filter((problem) => problem.span.uri === uri);
}

function identity(problem: Problem): string {
  return `${problem.code} ${place(problem)}`;
}

function place(problem: Problem): string {
  return `${problem.span.start}-${problem.span.end}`;
}

/** The problem where the edits have moved it to; none if they touched its text. */
function moved(problem: Problem, edits: readonly TextEdited[]): Problem[] {
  let { start, end } = problem.span;
  for (const edit of edits) {
    const delta = edit.length - (edit.end - edit.start);
    if (edit.end <= start) {
      start += delta;
      end += delta;
    } else if (edit.start < end) return [];
  }
  return [{ ...problem, span: { ...problem.span, start, end } }];
}
