import { dirname, resolve } from '#system/path.ts';
import {
  extendedFilesOf,
  resourcesOf,
  type SymbolKind,
  type SymbolUse,
  symbolsOf,
} from '#compose/model/symbols.ts';
import type { Node } from '#compose/syntax/node.ts';
import { stringOf, valueIn } from '#compose/syntax/edit.ts';
import type { SourceFile } from './files.ts';
import type { ProjectReference } from './project-reference.ts';
import type { Workspace } from './workspace.ts';

/** A name where it is written. */
export interface NamedPlace {
  readonly file: SourceFile;
  readonly use: SymbolUse;
}

/**
 * The names of a project across its files. Files that are merged (overrides, includes) share their names; a file that is only
 * extended from has names of its own, which mean the project's where it declares none.
 */
export class ProjectNames {
  readonly files: readonly SourceFile[];
  readonly #shared: ReadonlySet<string>;

  constructor(files: readonly SourceFile[], shared: ReadonlySet<string>) {
    this.files = files;
    this.#shared = shared;
  }

  /** With a file that the project is about to extend from. */
  with(file: SourceFile): ProjectNames {
    return this.files.includes(file) ? this : new ProjectNames([...this.files, file], this.#shared);
  }

  /** Whether a file's names are the project's. */
  isShared(path: string): boolean {
    return this.#shared.has(path);
  }

  /** Every place where what `use` names in `file` is written, declarations and references. */
  placesOf(file: SourceFile, use: SymbolUse): NamedPlace[] {
    const home = this.#homeOf(file, use);
    return this.#all().filter(
      (place) =>
        place.use.kind === use.kind &&
        place.use.name === use.name &&
        this.#homeOf(place.file, place.use) === home,
    );
  }

  /** The declarations that can be referred to from a file, first those of its own. */
  declarations(kind: SymbolKind, file: SourceFile): NamedPlace[] {
    const home = this.#namespaceOf(file.path);
    return this.#all().filter(
      ({ file: other, use }) =>
        use.kind === kind && use.role === 'declaration' && this.#namespaceOf(other.path) === home,
    );
  }

  *#places(): Generator<NamedPlace> {
    for (const file of this.files) for (const use of namesIn(file)) yield { file, use };
  }

  #all(): NamedPlace[] {
    return [...this.#places()];
  }

  #namespaceOf(path: string): string {
    return this.#shared.has(path) ? '' : path;
  }

  /** The namespace that declares what is named; for an undeclared name the one it is written in. */
  #homeOf(file: SourceFile, use: SymbolUse): string {
    if (use.file !== undefined) return this.#namespaceOf(resolve(dirname(file.path), use.file));
    const own = this.#namespaceOf(file.path);
    if (own === '') return own;
    const declaredHere = namesIn(file).some(
      (other) => other.role === 'declaration' && other.kind === use.kind && other.name === use.name,
    );
    return declaredHere ? own : '';
  }
}

/** The names a file writes, in all its documents. */
export function namesIn(file: SourceFile): readonly SymbolUse[] {
  return file.derive(collect);
}

/** The name at an offset. */
export function nameAt(file: SourceFile, offset: number): SymbolUse | undefined {
  return namesIn(file).find(({ span }) => span.start <= offset && offset <= span.end);
}

function collect(file: SourceFile): readonly SymbolUse[] {
  return file.roots.flatMap(symbolsOf);
}

/** The networks, volumes, … that a file declares. */
export function resourcesIn(file: SourceFile): readonly SymbolUse[] {
  return file.derive(resources);
}

function resources(file: SourceFile): readonly SymbolUse[] {
  return file.roots.flatMap(resourcesOf);
}

function extendedFiles(file: SourceFile): readonly string[] {
  return file.roots.flatMap(extendedFilesOf);
}

/** The names of a project, read from its files as they are now: nothing has to be loaded for that. */
export async function namesOf(workspace: Workspace, reference: ProjectReference): Promise<ProjectNames> {
  const files = new Map<string, SourceFile>();
  const take = async (path: string): Promise<SourceFile | undefined> => {
    const file = files.get(path) ?? (await workspace.file(path));
    if (file !== undefined) files.set(path, file);
    return file;
  };
  const shared = new Set<string>();
  const queue = [...(reference.request.files ?? [])];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (shared.has(path)) continue;
    shared.add(path);
    const file = await take(path);
    if (file === undefined) continue;
    for (const included of includesOf(file)) queue.push(resolve(dirname(path), included));
  }
  const extended = [...files.values()];
  for (let file = extended.pop(); file !== undefined; file = extended.pop()) {
    for (const target of file.derive(extendedFiles)) {
      const path = resolve(dirname(file.path), target);
      if (files.has(path)) continue;
      const other = await take(path);
      if (other !== undefined) extended.push(other);
    }
  }
  return new ProjectNames([...files.values()], shared);
}

/** The files that a file includes, as written. */
function includesOf(file: SourceFile): string[] {
  const paths: string[] = [];
  const add = (node: Node | undefined) => {
    if (node?.kind === 'seq') for (const item of node.items) add(item);
    else if (node?.kind === 'map') add(valueIn(node, 'path'));
    else {
      const path = stringOf(node);
      if (path !== undefined) paths.push(path);
    }
  };
  for (const root of file.roots) add(valueIn(root, 'include'));
  return paths;
}
