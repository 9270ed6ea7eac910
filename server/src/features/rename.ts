import {
  LSPErrorCodes,
  type Range,
  ResponseError,
  type ServerCapabilities,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { withEdits } from '../actions/same-project.ts';
import { type FeatureContext, onDocument } from '../context.ts';
import { placesFromEnv } from '../env/env-places.ts';
import { nameAtOffset } from '../env/env-text.ts';
import { fromRange, toRange } from '../to-lsp/ranges.ts';
import { pathOf } from '../to-lsp/uri.ts';
import type { SourceFile } from '../workspace/files.ts';
import { anchorUses, type NamedThing, namedThingAt, placesOf } from '../workspace/named-at.ts';
import { namesOf } from '../workspace/names.ts';
import { placesOfVariable, type VariablePlaces } from '../workspace/variable-places.ts';
import { refusalOfVariable } from './rename-variable.ts';
import { formatPhrase } from '#compose/problem/format-phrase.ts';
import { type Wording, wording } from '../words/words.ts';
import { recordOf } from '#compose/values/record.ts';

/** Renames a service, network, volume, … or a variable in every file of its project, and an anchor in its document. */
export function register(context: FeatureContext): Partial<ServerCapabilities> {
  const { connection } = context;
  connection.onPrepareRename((params, token) =>
    onDocument<{ range: Range; placeholder: string } | null>(
      context,
      'Rename',
      params.textDocument.uri,
      token,
      null,
      {
        compose(file) {
          const thing = namedThingAt(file, file.document.offsetAt(params.position));
          if (thing === undefined) return null;
          return { range: toRange(file.document, thing.span), placeholder: thing.use.name };
        },
        env(file) {
          const at = nameAtOffset(file, file.document.offsetAt(params.position));
          return at === undefined ? null : { range: toRange(file.document, at), placeholder: at.name };
        },
      },
    ),
  );
  connection.onRenameRequest(async (params, token) => {
    let refused: Wording | undefined;
    const edit = await onDocument<WorkspaceEdit | null>(
      context,
      'Rename',
      params.textDocument.uri,
      token,
      null,
      {
        env: async (file) => {
          const at = nameAtOffset(file, file.document.offsetAt(params.position));
          if (at === undefined) return null;
          const found = await placesFromEnv(context, file, at.name);
          refused = refusalOfVariable(at.name, params.newName, found);
          return refused === undefined ? renamed(found, params.newName) : null;
        },
        compose: async (file) => {
          const thing = namedThingAt(file, file.document.offsetAt(params.position));
          if (thing === undefined) return null;
          if (thing.kind === 'variable') {
            const { name } = thing.use;
            const found = await placesOfVariable(context.workspace, context.projects, file, name);
            refused = refusalOfVariable(name, params.newName, found);
            return refused === undefined ? renamed(found, params.newName) : null;
          }
          const changes: Record<string, TextEdit[]> = recordOf();
          refused = refusal(thing, params.newName) ?? (await takenName(context, file, thing, params.newName));
          if (refused !== undefined) return null;
          for (const place of await placesOf(context.workspace, context.projects, file, thing)) {
            changes[place.file.uri] ??= [];
            changes[place.file.uri]?.push({
              range: toRange(place.file.document, place.span),
              newText: params.newName,
            });
          }
          if (!(await stillLoads(context, file, changes)))
            refused = wording('rename.breaks', { name: thing.use.name });
          return refused === undefined ? { changes } : null;
        },
      },
    );
    return refused === undefined
      ? edit
      : new ResponseError<void>(LSPErrorCodes.RequestFailed, formatPhrase(refused, context.words));
  });
  return { renameProvider: { prepareProvider: true } };
}

/** Two of one name would become one, or a file that Docker Compose refuses. */
async function takenName(
  { projects, workspace }: FeatureContext,
  file: SourceFile,
  thing: Exclude<NamedThing, { kind: 'variable' }>,
  name: string,
): Promise<Wording | undefined> {
  if (thing.use.name === name) return undefined;
  if (thing.kind === 'anchor') {
    const isTaken = file.derive(anchorUses).some((use) => use.name === name);
    return isTaken ? wording('rename.taken-anchor', { name }) : undefined;
  }
  const { kind } = thing.use;
  const names = await namesOf(workspace, await projects.of(file.path));
  // A profile is shared by whoever names it: to join another one is a choice.
  if (kind === 'profile' || names.declarations(kind, file).every(({ use }) => use.name !== name))
    return undefined;
  return wording('rename.taken-thing', { name, kind: wording(`kind.${kind}`) });
}

/** Whether nothing is refused after the edits that was not before: a name that a variable is a part of does not follow. */
async function stillLoads(
  { projects, workspace }: FeatureContext,
  file: SourceFile,
  changes: Readonly<Record<string, readonly TextEdit[]>>,
): Promise<boolean> {
  const reference = await projects.of(file.path);
  const { result: before } = await projects.load(reference);
  if (before.loaded === undefined) return true;
  const texts = new Map<string, string>();
  for (const [uri, edits] of Object.entries(changes)) {
    const changed = await workspace.file(pathOf(uri));
    if (changed === undefined) continue;
    const { document, path, text } = changed;
    const offsets = edits.map(({ range, newText }) => ({ ...fromRange(document, range), newText }));
    texts.set(path, withEdits(text, offsets));
  }
  return (await projects.loadWith(reference, texts)).loaded !== undefined;
}

/** A variable's new name wherever it is set and used. */
function renamed({ places, variable }: VariablePlaces, newName: string): WorkspaceEdit {
  const changes: Record<string, TextEdit[]> = recordOf();
  for (const { file, span, renamed: written } of places) {
    // What the container is given by a name that is not set stays unset: no value could say that.
    if (written !== undefined && variable === undefined) continue;
    changes[file.uri] ??= [];
    changes[file.uri]?.push({ range: toRange(file.document, span), newText: written?.(newName) ?? newName });
  }
  return { changes };
}

/** Why something cannot have a name, or `undefined` if it can. */
function refusal(thing: Exclude<NamedThing, { kind: 'variable' }>, name: string): Wording | undefined {
  if (thing.kind === 'anchor') {
    return /^[^\s,[\]{}&*!]+$/.test(name) ? undefined : wording('rename.anchor', { name });
  }
  const { use } = thing;
  // The network of every service that names none.
  if (use.kind === 'network' && use.name === 'default') return wording('rename.reserved', { name: use.name });
  if (use.kind === 'network' && name === 'default') return wording('rename.reserved', { name });
  return /^[a-zA-Z0-9._-]+$/.test(name)
    ? undefined
    : wording('rename.thing', { name, kind: wording(`kind.${use.kind}`) });
}
