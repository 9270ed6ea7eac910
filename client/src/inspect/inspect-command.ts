import * as vscode from 'vscode';
import { maskDeep } from '../shared/mask-deep.ts';
import { findService } from '../swarm/swarm-tree.ts';
import { fromHex, toHex } from '../shared/hex.ts';
import { isTreeRow, type TreeRow } from '../tree/tree-row.ts';
import type { SwarmContext } from '../swarm/swarm-watch.ts';
import type { EnginesContext, ExtensionScope, StacksContext } from '../workspace/contexts.ts';
import { VirtualDocuments } from '../shared/virtual-documents.ts';

const scheme = 'composure-inspect';

let documents: VirtualDocuments | undefined;

/** Opens what the engine knows of the chosen containers, networks, volumes and services of a swarm: JSON, read-only, secrets masked. */
export async function inspectCommand(
  workbench: EnginesContext & ExtensionScope & StacksContext & SwarmContext,
  args: readonly unknown[],
): Promise<void> {
  if (documents === undefined) {
    documents = new VirtualDocuments(scheme, async (uri) => {
      const signal = AbortSignal.timeout(10_000);
      const session = workbench.engines.of({
        engine: uri.authority === '' ? undefined : fromHex(uri.authority),
      });
      const engine = await session.engine(signal);
      const [, kind = '', name = ''] = /^\/(\w+)\/(.*)\.json$/.exec(uri.path) ?? [];
      const details =
        kind === 'network'
          ? await engine.inspectNetwork(name, signal)
          : kind === 'volume'
            ? await engine.inspectVolume(name, signal)
            : kind === 'service'
              ? await engine.inspectService(name, signal)
              : await engine.inspectContainer(name, signal);
      return `${JSON.stringify(maskDeep(details), null, 2)}\n`;
    });
    workbench.context.subscriptions.push(documents);
  }
  const rows = Array.isArray(args[1]) ? args[1].filter(isTreeRow) : args.slice(0, 1).filter(isTreeRow);
  for (const row of rows) {
    const path = pathOf(workbench, row);
    if (path === undefined) continue;
    const stack = 'stack' in row ? workbench.stacks.stack(row.stack) : undefined;
    const uri = vscode.Uri.from({ scheme, authority: toHex(stack?.engine ?? ''), path });
    const document = await vscode.workspace.openTextDocument(uri);
    documents.refresh();
    await vscode.window.showTextDocument(document, { preview: rows.length === 1 });
  }
}

function pathOf({ stacks, swarm }: StacksContext & SwarmContext, row: TreeRow): string | undefined {
  if (row.kind === 'network' || row.kind === 'volume') return `/${row.kind}/${row.name}.json`;
  if (row.kind === 'swarm-service')
    return `/service/${findService(swarm.swarm, row.swarmService)?.name ?? row.swarmService}.json`;
  if (row.kind !== 'container') return undefined;
  const containers = stacks.stack(row.stack)?.services.flatMap((service) => service.containers) ?? [];
  const name = containers.find(({ id }) => id === row.container)?.name;
  return name === undefined ? undefined : `/container/${name}.json`;
}
