import * as vscode from 'vscode';
import { load } from '#compose/load/load.ts';
import { PlanTokens } from '#engine/agents/plan-tokens.ts';
import type { ToolHost } from '#engine/agents/tool.ts';
import { nodeHost } from '#engine/project/disk-host.ts';
import { knownSecrets } from '../shared/known-secrets.ts';
import { maskDeep, maskSecrets } from '../shared/mask.ts';
import { capture } from '../terminal/captured-command.ts';
import { commandLineFor } from '../terminal/command-line.ts';
import type { EnginesContext, StacksContext } from '../workspace/contexts.ts';
import type { Stack } from '../workspace/stacks.ts';
import { listText } from './tool-words.ts';

const { l10n } = vscode;

/** The plans that were shown, by project: what a token stands for is asked about before it is carried out. */
const plansOf = new Map<string, PlanTokens>();

/** The plan that a token was given for, as text. */
export function shownPlan(token: string): string | undefined {
  for (const plans of plansOf.values()) {
    const text = plans.look(token)?.text;
    if (text !== undefined) return text;
  }
  return undefined;
}

/** What tools work with in this window: one of its projects, as it was chosen here. */
export function toolHost(workbench: EnginesContext & StacksContext, stack: Stack): ToolHost {
  const folder = stack.declared?.reference.directory ?? stack.runtime?.workingDirectory ?? '/';
  const plans = plansOf.get(stack.key) ?? new PlanTokens();
  plansOf.set(stack.key, plans);
  const { loaded } = stack.declared ?? {};
  return {
    folder,
    plans,
    async command(words, signal, files) {
      const own = commandLineFor(stack, words);
      if (files === undefined) return capture(own, tokenOf(signal));
      // Other files may hold other secrets.
      const host = nodeHost(process.env);
      const other = (await load(host, { cwd: folder, files, profiles: ['*'] })).loaded;
      if (other !== undefined) await knownSecrets.learnFrom(other, host.files);
      const inFolder = files.flatMap((file) => ['-f', file]);
      return capture(
        { ...own, words: ['--project-directory', folder, ...inFolder, ...words] },
        tokenOf(signal),
      );
    },
    target: async () => ({ name: stack.name, ...(loaded !== undefined && { loaded }) }),
    engine: () => workbench.engines.of(stack).engine(AbortSignal.timeout(10_000)),
    list: async () => listText(workbench.stacks.stacks),
    async consent(question) {
      const agree = l10n.t('Carry Out');
      const detail = { modal: true, detail: maskSecrets(question) };
      const title = l10n.t('A language model wants to change {0}', stack.name);
      return (await vscode.window.showWarningMessage(title, detail, agree)) === agree;
    },
    nameOf: (uri) => vscode.workspace.asRelativePath(vscode.Uri.parse(uri)),
    mask: maskSecrets,
    maskDeep: (value) => maskDeep(value),
  };
}

function tokenOf(signal: AbortSignal): vscode.CancellationToken {
  return {
    get isCancellationRequested() {
      return signal.aborted;
    },
    onCancellationRequested: (listener) => {
      const hear = () => listener(undefined);
      signal.addEventListener('abort', hear);
      return { dispose: () => signal.removeEventListener('abort', hear) };
    },
  };
}
