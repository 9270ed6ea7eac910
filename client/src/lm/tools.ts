import * as vscode from 'vscode';
import { maskSecrets } from '../shared/mask.ts';
import { intentOn, intentToBringUp } from '../stack/intent.ts';
import type { OperationsContext } from '../stack/operations-context.ts';
import { capture } from '../terminal/captured-command.ts';
import { commandLineFor } from '../terminal/command-line.ts';
import type { EnginesContext, StacksContext } from '../workspace/contexts.ts';
import type { Stack } from '../workspace/stacks.ts';
import { listText, type ToolInput, type ToolName, toInput, toolWords } from './tool-words.ts';

const { l10n } = vscode;

/** More text than this helps no model; the end is what counts. In characters. */
const mostText = 20_000;

/** Answers a language model, without secrets. Rejects with what the model can do about it. */
export async function invokeTool(
  workbench: EnginesContext & OperationsContext & StacksContext,
  name: ToolName,
  given: unknown,
  token: vscode.CancellationToken,
): Promise<vscode.LanguageModelToolResult> {
  await workbench.ready();
  await workbench.engine.engine(AbortSignal.timeout(10_000)).catch(() => undefined);
  const input = toInput(given);
  const words = toolWords(name, input);
  if (words === undefined) return result(listText(workbench.stacks.stacks));
  const stack = stackFor(workbench, input);
  const { status, output } = await underWay(workbench, name, { stack, services: input.services }, () =>
    capture(commandLineFor(stack, words), token),
  );
  const text = output.trim();
  return result(`${status === 0 ? '' : `exit code ${status}\n`}${text === '' ? 'done' : text}`);
}

/** What a tool does to a project is seen while it does it. */
async function underWay<T>(
  { operations, engines }: EnginesContext & OperationsContext,
  name: ToolName,
  { stack, services }: { readonly stack: Stack; readonly services: readonly string[] | undefined },
  run: () => Promise<T>,
): Promise<T> {
  const isUp = name === 'composure_up';
  if (!isUp && name !== 'composure_down') return run();
  const selection = { stack, ...(services !== undefined && { services }) };
  const intent = isUp ? intentToBringUp(selection, stack.declared?.loaded) : intentOn(selection, 'removing');
  const place = { project: stack.name, engine: stack.engine };
  const operation = operations.begin({ ...intent, ...place, stops: !isUp });
  try {
    return await run();
  } finally {
    operation.end({}, engines.of(stack).look(stack.name));
  }
}

/** What runs containers or takes them away is asked for first. */
export function prepareTool(name: ToolName, given: unknown): vscode.PreparedToolInvocation {
  const { project = '', services = [], volumes } = toInput(given);
  const what = [project, ...services].filter((part) => part !== '').join(' › ') || l10n.t('the project');
  switch (name) {
    case 'composure_up':
      return {
        invocationMessage: l10n.t('Bringing up {0}', what),
        confirmationMessages: {
          title: l10n.t('Bring up {0}?', what),
          message: l10n.t(
            'Containers will be created, replaced, and started as described in the Compose files.',
          ),
        },
      };
    case 'composure_down':
      return {
        invocationMessage: l10n.t('Taking down {0}', what),
        confirmationMessages: {
          title: l10n.t('Take down {0}?', what),
          message:
            volumes === true
              ? l10n.t('Its containers, networks, and **volumes with all their data** will be removed.')
              : l10n.t('Its containers and networks will be removed. Its volumes will be kept.'),
        },
      };
    case 'composure_logs':
      return { invocationMessage: l10n.t('Reading the logs of {0}', what) };
    case 'composure_explain':
      return { invocationMessage: l10n.t('Reading the configuration of {0}', what) };
    case 'composure_plan':
      return { invocationMessage: l10n.t('Planning Up for {0}', what) };
    case 'composure_list':
      return { invocationMessage: l10n.t('Reading the Compose projects') };
  }
}

function stackFor({ stacks }: StacksContext, { project }: ToolInput): Stack {
  const all = stacks.stacks;
  const found =
    project === undefined
      ? all.length === 1
        ? all[0]
        : undefined
      : all.find(({ name }) => name === project);
  if (found !== undefined) return found;
  const names = all.map(({ name }) => name).join(', ');
  throw new Error(
    project === undefined
      ? `Say which project. There is: ${names}.`
      : `There is no project ${project}. There is: ${names === '' ? 'none' : names}.`,
  );
}

function result(text: string): vscode.LanguageModelToolResult {
  const masked = maskSecrets(text);
  const shown = masked.length > mostText ? `…\n${masked.slice(-mostText)}` : masked;
  return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(shown)]);
}
