import type { AttributeChange } from '#engine/plan/attribute-changes.ts';
import type { Cause } from '#engine/plan/cause.ts';
import type { Plan, PlanNode } from '#engine/plan/plan.ts';
import type { PlanWarning } from '#engine/plan/plan-warning.ts';
import type { UpPreview } from '#engine/operations/preview-up.ts';
import { causeMessage, lossMessage, operationMessage, warningMessage } from '#engine/plan/plan-words.ts';
import { weightOf } from '#engine/operations/preview-up.ts';
import { maskDeep } from '../shared/mask.ts';
import { messageText, type Translate } from '../shared/translate.ts';

/** More text than this of one value is cut. */
const mostText = 300;

/** Without names where the values are told: they say more. */
const settingsChanged: Cause = { kind: 'config-changed', attributes: [] };

/**
 * What an up would do, to be read before it is agreed to: first what is taken away and why, value by value, then the steps: what is replaced is one of
 * them, and what goes is not said again. Lines begin as in a patch, so that an editor colours them: `-` and `+` for values, `!` for what is replaced or
 * lost. Secrets are masked.
 */
export function planDocument(title: string, preview: UpPreview, t: Translate): string {
  const { plan } = preview;
  const sections = [
    `${title}\n${t('Nothing has been changed yet. Choose Apply or Cancel, at the top or at the end.')}`,
    summary(preview, t),
    ...replaced(preview, t),
    ...removed(plan, t),
    section(
      t('Data'),
      preview.changedVolumes.flatMap((name) => [
        `! ${t('Volume {0} already exists with different settings.', name)}`,
        `! ${t('You will be asked whether to keep it, or to recreate it and lose its data.')}`,
      ]),
    ),
    section(
      t('Images to build first'),
      preview.builds.map((name) => `  ${name}`),
    ),
    section(
      t('Steps'),
      stepsOf(plan).map((node, at) => stepText(node, at + 1, preview, t)),
    ),
    section(
      t('Not changed'),
      plan.upToDate.map((name) => `  ${name}`),
    ),
    section(
      t('Warnings'),
      plan.warnings
        // That a changed volume is kept is said with the data already.
        .filter(({ kind }) => kind !== 'volume-kept')
        .map((warning) => `! ${warningText(warning, t)}`),
    ),
  ];
  return `${sections.filter((text) => text !== '').join('\n\n')}\n`;
}

/** Orphans without the option of the command line: here there is something to press. */
function warningText(warning: PlanWarning, t: Translate): string {
  return warning.kind === 'orphans'
    ? t('Orphan containers are kept: {0}.', warning.containers.join(', '))
    : messageText(warningMessage(warning), t);
}

/** In one line: `Containers: 1 created, 2 recreated.`. */
export function summary(preview: UpPreview, t: Translate): string {
  const { nodes } = preview.plan;
  const replacing = nodes.filter(
    ({ operation: o }) => o.kind === 'create-container' && o.replaces !== undefined,
  );
  const created = nodes.filter(({ operation: o }) => o.kind === 'create-container').length - replacing.length;
  const gone = removals(preview.plan).length;
  const parts = [
    created > 0 ? t('{0} created', created) : '',
    replacing.length > 0 ? t('{0} recreated', replacing.length) : '',
    gone > 0 ? t('{0} removed', gone) : '',
  ].filter((part) => part !== '');
  const counts =
    nodes.length === 0 && preview.changedVolumes.length > 0
      ? t('No container will be created or removed.')
      : nodes.length === 0
        ? t('Everything is up to date. There is nothing to do.')
        : parts.length === 0
          ? nodes.length === 1
            ? t('1 step. No container will be created or removed.')
            : t('{0} steps. No container will be created or removed.', nodes.length)
          : t('Containers: {0}.', parts.join(', '));
  return weightOf(preview) === 'loss' ? `${counts}\n! ${t('Data may be lost.')}` : counts;
}

function replaced({ plan, changes }: UpPreview, t: Translate): readonly string[] {
  return plan.nodes.flatMap(({ operation, cause, id }) => {
    if (operation.kind !== 'create-container' || operation.replaces === undefined) return [];
    const { replaces, finalName } = operation;
    const lost = plan.nodes.find(
      (node) =>
        node.destroys !== undefined && node.operation.kind === 'remove-container' && node.after.includes(id),
    );
    const found = changes.get(replaces.id) ?? [];
    const why = messageText(causeMessage(found.length > 0 ? settingsChanged : cause), t);
    return [
      section(operation.service, [
        `! ${t('{0} will be recreated: {1}', finalName, why)}`,
        ...found.flatMap(changeLines),
        ...(lost?.destroys === undefined ? [] : [`! ${messageText(lossMessage(lost.destroys), t)}`]),
      ]),
    ];
  });
}

function removed(plan: Plan, t: Translate): readonly string[] {
  const lines = removals(plan).map(({ operation, cause, destroys }) => {
    const what = messageText(operationMessage(operation), t);
    const lost = destroys === undefined ? '' : ` ${messageText(lossMessage(destroys), t)}`;
    return `! ${what} (${messageText(causeMessage(cause), t)})${lost}`;
  });
  return [section(t('Removed'), lines)];
}

/** What goes without being replaced. */
function removals({ nodes }: Plan): readonly PlanNode[] {
  const replaced = new Set(
    nodes.flatMap(({ operation: o }) =>
      o.kind === 'create-container' && o.replaces !== undefined ? [o.replaces.id] : [],
    ),
  );
  return nodes.filter(({ operation: o }) =>
    o.kind === 'remove-container'
      ? o.container.kind === 'existing' && !replaced.has(o.container.id)
      : o.kind === 'remove-volume' || o.kind === 'remove-network' || o.kind === 'remove-image',
  );
}

/** Without those that are part of a replacement, or of a removal that is said before. */
function stepsOf(plan: Plan): readonly PlanNode[] {
  const gone = removals(plan);
  const told = new Set(gone.map(({ id }) => id));
  const replacements = new Set<number>();
  const leaving = new Set<string>();
  for (const { operation: o } of gone)
    if (o.kind === 'remove-container' && o.container.kind === 'existing') leaving.add(o.container.id);
  for (const { id, operation: o } of plan.nodes) {
    if (o.kind !== 'create-container' || o.replaces === undefined) continue;
    replacements.add(id);
    leaving.add(o.replaces.id);
  }
  return plan.nodes.filter(({ id, operation: o }) => {
    if (told.has(id)) return false;
    if (!('container' in o)) return true;
    return o.container.kind === 'existing'
      ? !leaving.has(o.container.id)
      : o.kind !== 'rename-container' || !replacements.has(o.container.node);
  });
}

function stepText(
  { operation, cause, destroys }: PlanNode,
  number: number,
  { changes }: UpPreview,
  t: Translate,
): string {
  const replaces = operation.kind === 'create-container' ? operation.replaces : undefined;
  const told = replaces !== undefined && (changes.get(replaces.id)?.length ?? 0) > 0;
  const why = messageText(causeMessage(told ? settingsChanged : cause), t);
  const what =
    operation.kind === 'create-container' && replaces !== undefined
      ? t('recreate container {0}', operation.finalName)
      : messageText(operationMessage(operation), t);
  const mark = destroys === undefined ? ' ' : '!';
  const lost = destroys === undefined ? '' : `: ${messageText(lossMessage(destroys), t)}`;
  return `${mark} ${String(number).padStart(2)}. ${what} (${why})${lost}`;
}

function changeLines({ attribute, before, after }: AttributeChange): readonly string[] {
  const name = attribute.slice(attribute.indexOf('.') + 1);
  const line = (mark: string, value: unknown) =>
    isAbsent(value) ? [] : [`${mark}   ${attribute}: ${valueText(attribute, maskDeep(value, name))}`];
  return [...line('-', before), ...line('+', after)];
}

function isAbsent(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/** In one line, as far as that is short. Lists of words are not quoted, but for commands, where it matters what is one word. */
function valueText(attribute: string, value: unknown): string {
  const text =
    typeof value === 'string'
      ? value
      : Array.isArray(value) && !commands.has(attribute) && value.every((each) => typeof each === 'string')
        ? value.join(', ')
        : JSON.stringify(value);
  return text.length > mostText ? `${text.slice(0, mostText)}…` : text.replaceAll('\n', '⏎');
}

const commands: ReadonlySet<string> = new Set(['command', 'entrypoint', 'healthcheck.test']);

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `@@ ${title} @@\n${lines.join('\n')}`;
}
