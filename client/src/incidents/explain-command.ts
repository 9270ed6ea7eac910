import * as vscode from 'vscode';
import { explainFailure } from '#engine/failure/explain-failure.ts';
import { explanationText } from '#engine/failure/explanation-text.ts';
import { gatherFacts } from '#engine/failure/gather-facts.ts';
import { fromHex, toHex } from '../shared/hex.ts';
import { maskSecrets } from '../shared/mask.ts';
import { VirtualDocuments } from '../shared/virtual-documents.ts';
import { wrapLines } from '../shared/wrap-lines.ts';
import { isTreeRow } from '../tree/tree-row.ts';
import type { EnginesContext, ExtensionScope, StacksContext } from '../workspace/contexts.ts';
import type { Stack } from '../workspace/stacks.ts';

const { l10n } = vscode;
const scheme = 'composure-explain';

type Context = EnginesContext & ExtensionScope & StacksContext;

/** Opens why a service does not run as it should: the same text as on the command line and for models, in the language of the window. */
export async function explainFailureCommand(workbench: Context, args: readonly unknown[]): Promise<void> {
  await workbench.ready();
  const [row] = args;
  if (!isTreeRow(row) || (row.kind !== 'service' && row.kind !== 'container')) return;
  const documents = workbench.once.of<Context, ExplanationDocuments>(ExplanationDocuments, workbench);
  const project = workbench.stacks.stack(row.stack)?.name ?? '';
  const path = `/${[project, row.service].filter((name) => name !== '').join(' · ')}.txt`;
  const uri = vscode.Uri.from({ scheme, authority: `${toHex(row.stack)}.${toHex(row.service)}`, path });
  const document = await vscode.workspace.openTextDocument(uri);
  documents.refresh();
  await vscode.window.showTextDocument(document, { preview: true });
}

/** Why a service of a stack fails, as text. Rejects with `EngineError`; `undefined`: there is no such service. */
async function explained(
  workbench: EnginesContext,
  stack: Stack,
  service: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const engine = await workbench.engines.of(stack).engine(signal);
  const { loaded } = stack.declared ?? {};
  const target = { name: stack.name, ...(loaded !== undefined && { loaded }) };
  const facts = await gatherFacts(engine, target, service, signal);
  return facts === undefined
    ? undefined
    : wrapLines(
        explanationText(explainFailure(facts), loaded, {
          translate: (text) => l10n.t(text),
          mask: maskSecrets,
          nameOf: (uri) => vscode.workspace.asRelativePath(vscode.Uri.parse(uri)),
        }),
      );
}

class ExplanationDocuments extends VirtualDocuments {
  constructor(workbench: Context) {
    super(scheme, async (uri) => {
      const [key = '', service = ''] = uri.authority.split('.').map(fromHex);
      const stack = workbench.stacks.stack(key);
      const text =
        stack === undefined
          ? undefined
          : await explained(workbench, stack, service, AbortSignal.timeout(20_000));
      return text ?? `${l10n.t('{0} no longer exists.', service)}\n`;
    });
  }
}
