import * as vscode from 'vscode';
import { phraseText } from '../shared/phrase-text.ts';
import { isSecretName } from '#compose/check/secrets/secret-name.ts';
import { explain, type Explanation, type Place } from '#compose/load/explain.ts';
import type { LoadedProject } from '#compose/load/request.ts';
import { formatPath, type Path } from '#compose/values/path.ts';
import { VirtualDocuments } from '../shared/virtual-documents.ts';
import { applyChoice } from '../environments/environment.ts';
import { ContextKeys } from '../ids.ts';
import { maskSecrets, maskValue } from '../shared/mask.ts';
import type { ProjectFilesContext } from '../workspace/contexts.ts';
import type { ProjectReference } from '../workspace/discover.ts';
import { discover } from '../workspace/discover.ts';
import { type MergedText, mergedText } from './merged-text.ts';

const { l10n } = vscode;

const scheme = 'composure-merged';

/** Which project a document shows, as the query of its URI. `files` absent: with what the user chose for it. */
interface Shown {
  readonly main: string;
  readonly environment?: {
    readonly name: string;
    readonly files: readonly string[];
    readonly envFiles: readonly string[];
  };
}

interface Made extends MergedText {
  readonly loaded: LoadedProject;
}

/** Merged projects as read-only documents, made anew when a file or the choice changes; hover and go-to-definition lead to where a value was written. */
export class MergedDocuments implements vscode.Disposable {
  readonly #workbench: ProjectFilesContext;
  readonly #made = new Map<string, Made>();
  readonly #documents: VirtualDocuments;
  readonly #disposables: readonly vscode.Disposable[];
  #secrets = false;

  constructor(workbench: ProjectFilesContext) {
    this.#workbench = workbench;
    this.#documents = new VirtualDocuments(scheme, (uri) => this.#make(uri));
    this.#disposables = [
      this.#documents,
      workbench.files.onDidChange(() => this.#documents.refresh()),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#made.delete(uri.toString())),
      vscode.languages.registerHoverProvider(
        { scheme },
        { provideHover: (document, position) => this.#hover(document, position) },
      ),
      vscode.languages.registerDefinitionProvider(
        { scheme },
        { provideDefinition: (document, position) => this.#definition(document, position) },
      ),
    ];
  }

  /** `name` is the document's own, as tabs show it. */
  uriOf(name: string, shown: Shown): vscode.Uri {
    return vscode.Uri.from({ scheme, path: `/${name}.yaml`, query: JSON.stringify(shown) });
  }

  showSecrets(shown: boolean): void {
    this.#secrets = shown;
    void vscode.commands.executeCommand('setContext', ContextKeys.secretsShown, shown);
    this.#documents.refresh();
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  async #make(uri: vscode.Uri): Promise<string> {
    const shown = JSON.parse(uri.query) as Shown;
    const { files } = this.#workbench;
    const base = files.references.find(({ mainFile }) => mainFile === shown.main);
    const reference = referenceFor(shown, base);
    const { loaded, partial, problems } = await files.load(reference);
    const project = loaded ?? partial;
    const errors = problems
      .filter(({ severity }) => severity === 'error')
      .map(({ message }) => `# ${l10n.t('error: {0}', maskSecrets(phraseText(message)))}\n`)
      .join('');
    if (project === undefined) return errors;
    const merged = mergedText(project, this.#secrets);
    this.#made.set(uri.toString(), {
      text: errors + merged.text,
      pathAt: (offset) => merged.pathAt(offset - errors.length),
      loaded: project,
    });
    return errors + merged.text;
  }

  #explanationAt(document: vscode.TextDocument, position: vscode.Position): Explanation | undefined {
    const made = this.#made.get(document.uri.toString());
    if (made === undefined) return undefined;
    // What the model adds in printing belongs to what is around it.
    for (
      let path: Path = made.pathAt(document.offsetAt(position));
      path.length > 0;
      path = path.slice(0, -1)
    ) {
      const found = explain(made.loaded, path) ?? explain(made.loaded, formatPath(path));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #hover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const found = this.#explanationAt(document, position);
    if (found === undefined) return undefined;
    return new vscode.Hover(explanationText(found, this.#secrets));
  }

  #definition(document: vscode.TextDocument, position: vscode.Position): vscode.Definition | undefined {
    const found = this.#explanationAt(document, position);
    if (found === undefined) return undefined;
    return isWritten(found.setAt) ? locationOf(found.setAt) : undefined;
  }
}

function referenceFor({ main, environment }: Shown, base: ProjectReference | undefined): ProjectReference {
  const plain = discover([main])[0] ?? { id: main, directory: '', files: [main], mainFile: main };
  if (environment === undefined) return base ?? plain;
  const standard = { ...plain, ...(base !== undefined && { id: base.id }) };
  const { name, files, envFiles } = environment;
  const { projectName, profiles } = base ?? {};
  return applyChoice(standard, {
    ...(files.length > 0 && { name, files }),
    ...(envFiles.length > 0 && { envFiles }),
    ...(projectName !== undefined && { projectName }),
    ...(profiles !== undefined && { profiles }),
  });
}

function explanationText(found: Explanation, secrets: boolean): vscode.MarkdownString {
  const hidden = !secrets && isSecretName(found.path.replace(/^.*\./, ''));
  const text = new vscode.MarkdownString();
  text.appendMarkdown(`\`${found.path}\`\n\n`);
  const line = (label: string, place: Place) => {
    text.appendMarkdown(`${label} [${placeName(place)}](${linkTo(place)})`);
    const [first = ''] = place.text.split('\n');
    if (first !== '')
      text.appendMarkdown(': ').appendMarkdown(code(hidden ? '***' : secrets ? first : maskSecrets(first)));
    text.appendMarkdown('\n\n');
  };
  if (isWritten(found.setAt)) line(found.implied ? l10n.t('Derived from') : l10n.t('Set in'), found.setAt);
  for (const place of found.before.toReversed().filter(isWritten)) line(l10n.t('Overrides'), place);
  for (const { name, value, from, place } of found.variables) {
    const known = value === undefined || secrets ? value : hidden ? '***' : maskValue(name, value);
    const shown = known ?? l10n.t('not set');
    text.appendMarkdown(`\`${name}\` = ${code(shown)}`);
    if (place !== undefined) text.appendMarkdown(` ([${placeName(place)}](${linkTo(place)}))`);
    else if (from?.kind === 'environment') text.appendMarkdown(` (${l10n.t('from the environment')})`);
    text.appendMarkdown('\n\n');
  }
  return text;
}

function isWritten({ span }: Place): boolean {
  return span.uri.startsWith('file:');
}

function locationOf({ line, column, span, text }: Place): vscode.Location {
  const start = new vscode.Position(line - 1, column - 1);
  const [first = ''] = text.split('\n');
  return new vscode.Location(
    vscode.Uri.parse(span.uri),
    new vscode.Range(start, start.translate(0, first.length)),
  );
}

function placeName({ span, line }: Place): string {
  return `${vscode.workspace.asRelativePath(vscode.Uri.parse(span.uri))}:${line}`;
}

function linkTo({ span, line, column }: Place): string {
  return vscode.Uri.parse(span.uri)
    .with({ fragment: `L${line},${column}` })
    .toString();
}

/** Text of others as code, whatever is in it. */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${text}${fence}` : `${fence} ${text} ${fence}`;
}
