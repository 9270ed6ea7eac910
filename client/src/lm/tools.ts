import * as vscode from 'vscode';
import { EngineError } from '#engine/api/engine-error.ts';
import { ToolError } from '#engine/agents/tool-error.ts';
import { callTool, tools } from '#engine/agents/tools.ts';
import { maskDeep, maskSecrets } from '../shared/mask.ts';
import { intentOn, intentToBringUp } from '../stack/intent.ts';
import type { OperationsContext } from '../stack/operations-context.ts';
import type { EnginesContext, LogContext, StacksContext } from '../workspace/contexts.ts';
import type { Stack } from '../workspace/stacks.ts';
import { shownPlan, toolHost } from './tool-host.ts';
import { type ToolName, toInput } from './tool-words.ts';

const { l10n } = vscode;

/** Answers a language model, without secrets. Rejects with what the model can do about it. */
export async function invokeTool(
  workbench: EnginesContext & LogContext & OperationsContext & StacksContext,
  name: ToolName,
  given: unknown,
  token: vscode.CancellationToken,
): Promise<vscode.LanguageModelToolResult> {
  await workbench.ready();
  await workbench.engine.engine(AbortSignal.timeout(10_000)).catch(() => undefined);
  const { project, input } = toInput(given);
  const abort = new AbortController();
  const listening = token.onCancellationRequested(() =>
    abort.abort(new EngineError('cancelled', 'Canceled.')),
  );
  const words = JSON.stringify(maskDeep(given ?? {})).slice(0, 500);
  try {
    const stack = stackFor(workbench, name, project);
    const host = toolHost(workbench, stack);
    const text = await underWay(workbench, name, stack, () => callTool(name, input, host, abort.signal));
    workbench.log.info(`${name} ${words}: done`);
    return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
  } catch (error) {
    workbench.log.info(`${name} ${words}: refused or failed`);
    throw new Error(maskSecrets(error instanceof Error ? error.message : String(error)));
  } finally {
    listening.dispose();
  }
}

/** What a tool does to a project is seen while it does it. */
async function underWay<T>(
  { operations, engines }: EnginesContext & OperationsContext,
  name: ToolName,
  stack: Stack,
  run: () => Promise<T>,
): Promise<T> {
  const isUp = name === 'composure_up' || name === 'composure_deploy';
  if (!isUp && name !== 'composure_down') return run();
  const intent = isUp ? intentToBringUp({ stack }, stack.declared?.loaded) : intentOn({ stack }, 'removing');
  const operation = operations.begin({ ...intent, project: stack.name, engine: stack.engine, stops: !isUp });
  try {
    return await run();
  } finally {
    operation.end({}, engines.of(stack).look(stack.name));
  }
}

/** What changes something is asked for first, with the plan that is to be carried out. */
export function prepareTool(name: ToolName, given: unknown): vscode.PreparedToolInvocation {
  const tool = tools.find((each) => each.name === name);
  const { project = '', input } = toInput(given);
  const named = [project, ...(typeof input.service === 'string' ? [input.service] : [])].filter(
    (part) => part !== '',
  );
  const what = named.join(' › ') || l10n.t('the project');
  const invocationMessage = `${titles[name]()}: ${what}`;
  if (tool === undefined || tool.effect === 'reads') return { invocationMessage };
  const plan = typeof input.token === 'string' ? shownPlan(input.token) : undefined;
  const command = Array.isArray(input.command) ? input.command.join(' ') : undefined;
  const shown = maskSecrets(plan ?? command ?? '');
  return {
    invocationMessage,
    confirmationMessages: {
      title: `${titles[name]()}?`,
      message: new vscode.MarkdownString(shown === '' ? what : `${what}\n\n${fenced(shown)}`),
    },
  };
}

/** As it is: nothing in it is a link or a picture. */
function fenced(text: string): string {
  const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return `${fence}\n${text}\n${fence}`;
}

const titles: Readonly<Record<ToolName, () => string>> = {
  composure_list: () => l10n.t('Reading the Compose projects'),
  composure_why: () => l10n.t('Finding out why a service fails'),
  composure_explain: () => l10n.t('Reading the configuration'),
  composure_config: () => l10n.t('Reading the configuration'),
  composure_problems: () => l10n.t('Checking the Compose files'),
  composure_compare: () => l10n.t('Comparing Compose files'),
  composure_logs: () => l10n.t('Reading logs'),
  composure_search_logs: () => l10n.t('Searching logs'),
  composure_events: () => l10n.t('Reading events'),
  composure_stats: () => l10n.t('Reading statistics'),
  composure_inspect: () => l10n.t('Inspecting containers'),
  composure_check_before_up: () => l10n.t('Checking before Up'),
  composure_images: () => l10n.t('Looking for newer images'),
  composure_convert_docker_run: () => l10n.t('Converting docker run'),
  composure_kubernetes: () => l10n.t('Converting to Kubernetes'),
  composure_plan: () => l10n.t('Planning'),
  composure_up: () => l10n.t('Bring up'),
  composure_down: () => l10n.t('Take down'),
  composure_restart: () => l10n.t('Restart'),
  composure_scale: () => l10n.t('Scale'),
  composure_deploy: () => l10n.t('Deploy'),
  composure_fix: () => l10n.t('Fix the Compose files'),
  composure_exec: () => l10n.t('Run a command in a container'),
};

function stackFor({ stacks }: StacksContext, name: ToolName, project: string | undefined): Stack {
  const all = stacks.stacks;
  const [first] = all;
  // These are about none in particular.
  const isAny = name === 'composure_list' || name === 'composure_convert_docker_run';
  const found =
    project === undefined
      ? all.length === 1 || isAny
        ? first
        : undefined
      : all.find((each) => each.name === project);
  if (found !== undefined) return found;
  const names = all.map((each) => each.name).join(', ');
  throw new ToolError(
    project === undefined
      ? `Say which project. There is: ${names === '' ? 'none' : names}.`
      : `There is no project ${project}. There is: ${names === '' ? 'none' : names}.`,
  );
}
