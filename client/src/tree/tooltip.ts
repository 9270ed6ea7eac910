import * as vscode from 'vscode';
import type { ContainerDetails, ContainerSummary } from '#engine/api/engine-objects.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import { logs } from '#engine/logs/read-logs.ts';
import type { ContainerView } from '#engine/observe/service-view.ts';
import { rolloutStateText } from '../kubernetes/rollout-text.ts';
import type { Rollouts } from '../kubernetes/rollouts.ts';
import { formatDuration } from '../shared/format-duration.ts';
import { maskSecrets } from '../shared/mask.ts';
import { phraseText } from '../shared/phrase-text.ts';
import type { EngineSession } from '../workspace/engine-session.ts';
import type { Engines } from '../workspace/engines.ts';
import type { StackModel } from '../workspace/stack-model.ts';
import type { Stack } from '../workspace/stacks.ts';
import { hasOlderImage, projectStateText, shortName } from './row-text.ts';
import { containerStateText, serviceStateText } from './state-words.ts';
import type { TreeRow } from './tree-row.ts';
import { forwardedTo } from './forwarded-ports.ts';

const { l10n } = vscode;

/** More containers than this in one service are not told one by one. */
const mostContainers = 4;

/** What there is to know of a row's thing, asked of the engine when the pointer rests on it. `undefined`: its description says it all. */
export async function tooltipOf(
  row: TreeRow,
  model: StackModel,
  engines: Engines,
  token: vscode.CancellationToken,
  isOlderImage: (reference: string) => boolean = () => false,
  rollouts?: Pick<Rollouts, 'of'>,
): Promise<vscode.MarkdownString | undefined> {
  if (!('stack' in row)) return undefined;
  const stack = model.stack(row.stack);
  if (stack === undefined) return undefined;
  const text = new vscode.MarkdownString('', true);
  if (row.kind === 'project') {
    projectTooltip(text, stack);
    const applied = stack.declared && rollouts?.of(stack.declared.reference.id);
    if (applied !== undefined && applied.followed.length > 0)
      line(text, 'Kubernetes', `${applied.context}, ${rolloutStateText(applied.followed, l10n.t)}`);
    return text;
  }
  if (row.kind !== 'service' && row.kind !== 'container') return undefined;
  const service = stack.services.find(({ name }) => name === row.service);
  const image = service?.declared?.image;
  if (service !== undefined && image !== undefined && hasOlderImage(stack, service, { isOlderImage }))
    text.appendMarkdown(
      `$(cloud-download) ${plain(l10n.t("The engine's copy of {0} is older than the registry's.", image))}\n\n`,
    );
  const containers =
    row.kind === 'service'
      ? (service?.view.containers ?? [])
      : (service?.view.containers.filter(({ container }) => container.id === row.container) ?? []);
  if (containers.length === 0) {
    text.appendMarkdown(`**${plain(row.service)}**`);
    if (service?.view.isFresh === true)
      text.appendMarkdown(` — ${plain(serviceStateText(service.view, l10n.t))}`);
    text.appendMarkdown('\n\n');
    line(text, l10n.t('Image'), service?.declared?.image);
    return text;
  }
  for (const container of containers.slice(0, mostContainers))
    await containerTooltip(text, stack, container, engines.of(stack), token);
  if (containers.length > mostContainers)
    text.appendMarkdown(l10n.t('… and {0} more', containers.length - mostContainers));
  return text;
}

function projectTooltip(text: vscode.MarkdownString, stack: Stack): void {
  const { name, declared, runtime } = stack;
  const state = projectStateText(stack, l10n.t);
  text.appendMarkdown(`**${plain(name)}**${state === '' ? '' : ` — ${plain(state)}`}\n\n`);
  const files = declared?.loaded?.files ?? runtime?.configFiles ?? [];
  line(text, l10n.t('Files'), files.map((file) => vscode.workspace.asRelativePath(file)).join(', '));
  if (declared === undefined) line(text, l10n.t('Folder'), runtime?.workingDirectory);
  for (const problem of declared?.problems.filter(({ severity }) => severity === 'error').slice(0, 5) ?? [])
    text.appendMarkdown(`$(error) ${plain(phraseText(problem.message))}\n\n`);
}

async function containerTooltip(
  text: vscode.MarkdownString,
  stack: Stack,
  view: ContainerView,
  session: EngineSession,
  token: vscode.CancellationToken,
): Promise<void> {
  const { container, loop } = view;
  text.appendMarkdown(
    `**${plain(shortName(stack.name, container.name))}** — ${plain(containerStateText(view, l10n.t))}\n\n`,
  );
  line(text, l10n.t('Image'), container.image);
  line(text, l10n.t('Ports'), portsOf(container));
  line(text, l10n.t('Networks'), Object.keys(container.networks).join(', '));
  line(
    text,
    l10n.t('Volumes'),
    container.mounts.map(({ name, source, destination }) => `${name ?? source} → ${destination}`).join(', '),
  );
  if (loop?.lastLine !== undefined)
    text
      .appendMarkdown(`${l10n.t('Last log line')}:\n\n`)
      .appendCodeblock(maskSecrets(loop.lastLine).slice(0, 500));
  if (view.state === 'unknown') return;
  const abort = new AbortController();
  const cancelling = token.onCancellationRequested(() => abort.abort());
  try {
    const engine = await session.engine(abort.signal);
    const details = await engine.inspectContainer(container.id, abort.signal);
    await detailsTooltip(text, details);
    if ((details.state === 'exited' && loop === undefined) || details.health === 'unhealthy') {
      const last = await lastLine(engine, stack.name, container.id, abort.signal);
      if (last !== undefined) text.appendMarkdown(`${l10n.t('Last log line')}:\n\n`).appendCodeblock(last);
    }
  } catch {
    // Gone meanwhile, or no engine: what the listing said is all there is.
  } finally {
    cancelling.dispose();
  }
}

async function detailsTooltip(text: vscode.MarkdownString, details: ContainerDetails): Promise<void> {
  const time = (at: number | undefined) =>
    at === undefined ? undefined : new Date(at).toLocaleString(vscode.env.language);
  if (details.state === 'running') line(text, l10n.t('Running since'), time(details.startedAt));
  else if (details.finishedAt !== undefined && details.startedAt !== undefined)
    line(
      text,
      l10n.t('Ended'),
      `${time(details.finishedAt)} (${l10n.t('after {0}', formatDuration(details.finishedAt - details.startedAt, l10n.t))})`,
    );
  if (details.restartCount > 0) line(text, l10n.t('Restarts'), String(details.restartCount));
  if (details.error !== '') text.appendMarkdown(`$(error) ${plain(maskSecrets(details.error))}\n\n`);
  if (
    details.health === 'unhealthy' &&
    details.healthOutput !== undefined &&
    details.healthOutput.trim() !== ''
  )
    text
      .appendMarkdown(`${l10n.t('Output of the health check')}:\n\n`)
      .appendCodeblock(maskSecrets(details.healthOutput.trim()).slice(0, 500));
}

async function lastLine(
  engine: EnginePort,
  project: string,
  id: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  let last: string | undefined;
  for await (const { text } of logs(
    engine,
    { project, containerIds: [id] },
    { follow: false, tail: 1 },
    signal,
  ))
    last = text;
  return last === undefined ? undefined : maskSecrets(last).slice(0, 500);
}

function portsOf({ id, ports }: ContainerSummary): string {
  const texts = ports.map(({ hostPort, containerPort, protocol }) =>
    [...(hostPort === undefined ? [] : [reached(id, hostPort), '→']), `${containerPort}/${protocol}`].join(
      ' ',
    ),
  );
  return [...new Set(texts)].join(', ');
}

/** With its address on this machine, where it is forwarded. */
function reached(container: string, port: number): string {
  const local = forwardedTo(container, port);
  return local === undefined ? String(port) : `${port} (localhost:${local})`;
}

function line(text: vscode.MarkdownString, label: string, value: string | undefined): void {
  if (value !== undefined && value !== '') text.appendMarkdown(`${label}: ${plain(value)}  \n`);
}

/** Names come from files and images of others: they are text, never Markdown. */
function plain(value: string): string {
  return value.replaceAll(/[\\`*_{}[\]()#+\-.!|<>$~]/g, '\\$&');
}
