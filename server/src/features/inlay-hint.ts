import type { InlayHint, ServerCapabilities } from 'vscode-languageserver';
import { formatPhrase } from '#compose/problem/format-phrase.ts';
import { keyText, stringOf, valueIn } from '#compose/syntax/edit.ts';
import type { Node, ScalarNode } from '#compose/syntax/node.ts';
import { type FeatureContext, onDocument } from '../context.ts';
import { fromRange } from '../to-lsp/ranges.ts';
import { type WordingValue, wording } from '../words/words.ts';
import type { SourceFile } from '../workspace/files.ts';
import { counts, shownValue, variablesFor, variableUses } from '../workspace/variables.ts';

/** A remark at the end of a value. */
interface Remark {
  readonly offset: number;
  readonly label: WordingValue;
}

/** What variables are worth, and what a value overrides in the service it extends. */
export function register(context: FeatureContext): Partial<ServerCapabilities> {
  const { connection, diagnoser, workspace, settling } = context;
  /** What was last answered about each document, wherever in it. */
  const told = new Map<string, { readonly file: SourceFile; readonly remarks: string }>();
  const remarksOf = async (file: SourceFile) => {
    const values = context.settings.inlayHints.variables ? await variableValues(context, file) : [];
    return [...file.derive(extendedValues), ...values];
  };
  // Values come from files that the editor does not know of, and from what a project is run with: it has to be told to ask again.
  const refresh = () => {
    told.clear();
    if (context.client.refreshInlayHints)
      connection.languages.inlayHint.refresh().catch((error: unknown) => context.log.warn(String(error)));
  };
  diagnoser.onRefresh(refresh);
  settling.onSettled(async () => {
    for (const [uri, { file, remarks }] of told) {
      const now = workspace.open(uri);
      if (now === undefined) told.delete(uri);
      // A document that was edited is asked about again anyway.
      if (now !== file || JSON.stringify(await remarksOf(file)) === remarks) continue;
      refresh();
      return;
    }
  });
  connection.languages.inlayHint.on((params, token) =>
    onDocument<InlayHint[]>(context, 'Inlay hints', params.textDocument.uri, token, [], async (file) => {
      const { start, end } = fromRange(file.document, params.range);
      const remarks = await remarksOf(file);
      if (context.client.refreshInlayHints) {
        told.set(file.uri, { file, remarks: JSON.stringify(remarks) });
        settling.want();
        if (!(await isCurrent(context, file))) settling.soon();
      }
      return remarks
        .filter(({ offset }) => start <= offset && offset <= end)
        .map(({ offset, label }) => ({
          position: file.document.positionAt(offset),
          label: formatPhrase(label, context.words),
          paddingLeft: true,
        }));
    }),
  );
  return { inlayHintProvider: true };
}

async function isCurrent({ projects }: FeatureContext, file: SourceFile): Promise<boolean> {
  return projects.newest(await projects.of(file.path))?.current === true;
}

/** Each variable's value, but for secrets and for what the hover has to explain. */
async function variableValues(context: FeatureContext, file: SourceFile): Promise<readonly Remark[]> {
  const uses = file.derive(variableUses);
  if (uses.length === 0) return [];
  const variables = await variablesFor(context.projects, file);
  return uses.flatMap((use) => {
    const variable = variables?.variable(use.name);
    if (!counts(use, variable) || use.part.argument?.operator.endsWith('+') === true) return [];
    const { value } = variable;
    if (value === '' || value.length > 40 || shownValue(use.name, variable) !== value) return [];
    return [{ offset: use.whole.end, label: value }];
  });
}

function extendedValues(file: SourceFile): readonly Remark[] {
  return file.roots.flatMap((root) => {
    const services = valueIn(root, 'services');
    if (services?.kind !== 'map') return [];
    return services.entries.flatMap(({ value }) => {
      const parents = parentsOf(value, services);
      if (value.kind !== 'map' || parents.length === 0) return [];
      return value.entries.flatMap((entry) => {
        const key = keyText(entry);
        if (key === 'extends' || entry.value.kind !== 'scalar') return [];
        const inherited = parents.map((parent) => valueIn(parent, key)).find((found) => found !== undefined);
        if (inherited?.kind !== 'scalar') return [];
        return [
          {
            offset: entry.value.span.end,
            label: wording('inlay.parent-value', { value: textOf(inherited) }),
          },
        ];
      });
    });
  });
}

/** The services of the same file that a service extends, nearest first. */
function parentsOf(service: Node, services: Node): Node[] {
  const parents: Node[] = [];
  let node: Node | undefined = service;
  while (node !== undefined) {
    const extended = valueIn(node, 'extends');
    const name =
      stringOf(extended) ??
      (valueIn(extended, 'file') === undefined ? stringOf(valueIn(extended, 'service')) : undefined);
    node = name === undefined ? undefined : valueIn(services, name);
    if (node === undefined || parents.includes(node)) break;
    parents.push(node);
  }
  return parents;
}

function textOf(node: ScalarNode): string {
  return node.value === null ? '' : node.source;
}
