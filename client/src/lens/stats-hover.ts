import * as vscode from 'vscode';
import type { EnginePort } from '#engine/api/engine-port.ts';
import { type ContainerStats, containerStats } from '#engine/observe/container-stats.ts';
import * as configuration from '../shared/configuration.ts';
import type { EngineSession } from '../workspace/engine-session.ts';
import type { StackModel } from '../workspace/stack-model.ts';
import { hoverRow } from './hover-text.ts';
import { servicesOf } from './stack-of-document.ts';

const { l10n } = vscode;

/** More containers than this are not asked one by one. */
const mostContainers = 6;

/** What the containers of a service use, on its name: asked of the engine while the pointer rests there, and at no other time. */
export function statsHover(stacks: StackModel, session: EngineSession): vscode.HoverProvider {
  return {
    async provideHover(document, position, token) {
      const engine = session.current;
      if (!configuration.editorStats(document.uri)) return undefined;
      const offset = document.offsetAt(position);
      const found = servicesOf(stacks, document).find(
        ({ place }) => place.key.start <= offset && offset <= place.key.end,
      );
      if (found === undefined || found.service.containers.length === 0) return undefined;
      const abort = new AbortController();
      const cancelling = token.onCancellationRequested(() => abort.abort());
      try {
        const { stack, service } = found;
        const rows = await Promise.all(
          service.view.containers.slice(0, mostContainers).map(async (container) => {
            const { id, state } = container.container;
            const runs = engine !== undefined && state === 'running' && container.state !== 'unknown';
            const stats = runs ? await sample(engine, id, abort.signal) : undefined;
            const text = hoverRow(stack.name, container, l10n.t);
            return stats === undefined ? text : `${text} · ${statsText(stats)}`;
          }),
        );
        const text = new vscode.MarkdownString();
        for (const row of rows) text.appendText(row).appendMarkdown('  \n');
        return new vscode.Hover(text);
      } finally {
        cancelling.dispose();
      }
    },
  };
}

async function sample(
  engine: EnginePort,
  id: string,
  signal: AbortSignal,
): Promise<ContainerStats | undefined> {
  try {
    for await (const stats of containerStats(engine, id, { stream: false }, signal)) return stats;
  } catch {
    // Gone meanwhile, or the pointer is.
  }
  return undefined;
}

function statsText({ cpuPercent, memory, networkReceived, networkSent }: ContainerStats): string {
  return l10n.t(
    '{0}% CPU · {1} MB · network {2} in, {3} out',
    cpuPercent.toFixed(1),
    (memory / 1_000_000).toFixed(1),
    kilobytes(networkReceived),
    kilobytes(networkSent),
  );
}

function kilobytes(bytes: number): string {
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
