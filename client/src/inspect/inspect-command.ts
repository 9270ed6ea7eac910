import * as vscode from 'vscode';
import type { EnginePort } from '#engine/api/engine-port.ts';
import { fromHex, toHex } from '../shared/hex.ts';
import { maskDeep } from '../shared/mask.ts';
import { VirtualDocuments } from '../shared/virtual-documents.ts';
import type { SwarmContext } from '../swarm/swarm-watch.ts';
import { isTreeRow } from '../tree/tree-row.ts';
import type { EnginesContext, ExtensionScope, StacksContext } from '../workspace/contexts.ts';
import { inspectPath } from './inspect-path.ts';

const scheme = 'composure-inspect';

/** Opens what the engine knows of the chosen containers, networks, volumes and services of a swarm: JSON, read-only, secrets masked. */
export async function inspectCommand(
  workbench: EnginesContext & ExtensionScope & StacksContext & SwarmContext,
  args: readonly unknown[],
): Promise<void> {
  const documents = workbench.once.of<EnginesContext, InspectDocuments>(InspectDocuments, workbench);
  const rows = Array.isArray(args[1]) ? args[1].filter(isTreeRow) : args.slice(0, 1).filter(isTreeRow);
  for (const row of rows) {
    const stack = 'stack' in row ? workbench.stacks.stack(row.stack) : undefined;
    const path = inspectPath(row, stack, workbench.swarm.swarm);
    if (path === undefined) continue;
    await show(documents, stack?.engine, path, rows.length === 1);
  }
}

/** The same of an image, by its name or id. */
export async function inspectImage(
  workbench: EnginesContext & ExtensionScope,
  engine: string | undefined,
  image: string,
): Promise<void> {
  const documents = workbench.once.of<EnginesContext, InspectDocuments>(InspectDocuments, workbench);
  await show(documents, engine, `/image/${image}.json`, false);
}

async function show(
  documents: InspectDocuments,
  engine: string | undefined,
  path: string,
  preview: boolean,
): Promise<void> {
  const uri = vscode.Uri.from({ scheme, authority: toHex(engine ?? ''), path });
  const document = await vscode.workspace.openTextDocument(uri);
  documents.refresh();
  await vscode.window.showTextDocument(document, { preview });
}

class InspectDocuments extends VirtualDocuments {
  constructor({ engines }: EnginesContext) {
    super(scheme, async (uri) => {
      const signal = AbortSignal.timeout(10_000);
      const name = uri.authority === '' ? undefined : fromHex(uri.authority);
      const engine = await engines.of({ engine: name }).engine(signal);
      return `${JSON.stringify(maskDeep(await inspect(engine, uri.path, signal)), null, 2)}\n`;
    });
  }
}

function inspect(engine: EnginePort, path: string, signal: AbortSignal): Promise<unknown> {
  const [, kind = '', name = ''] = /^\/(\w+)\/(.*)\.json$/.exec(path) ?? [];
  switch (kind) {
    case 'network':
      return engine.inspectNetwork(name, signal);
    case 'volume':
      return engine.inspectVolume(name, signal);
    case 'image':
      return engine.inspectImage(name, signal);
    case 'service':
      return engine.inspectService(name, signal);
    default:
      return engine.inspectContainer(name, signal);
  }
}
