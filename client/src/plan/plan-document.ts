import type { AttributeChange } from '#engine/plan/attribute-changes.ts';
import type { Cause } from '#engine/plan/cause.ts';
import type { Plan, PlanNode } from '#engine/plan/plan.ts';
import type { UpPreview } from '#engine/operations/preview-up.ts';
import { causeMessage, lossMessage, operationMessage, warningMessage } from '#engine/plan/plan-words.ts';
import { weightOf } from '#engine/operations/preview-up.ts';
import { maskDeep } from '../shared/mask-deep.ts';
import { messageText, type Translate } from '../shared/translate.ts';

/** More text than this of one value is cut. */
const mostText = 300;

/** Without names where the values are told: they say more. */
const settingsChanged: Cause = { kind: 'config-changed', attributes: [] };

/**
 * What an up would do, to be read before it is agreed to: first what is taken away and why, value by value, then every step. Lines begin as in a
 * patch, so that an editor colours them: `-` and `+` for values, `!` for what is replaced or lost. Secrets are masked.
 */
export function planDocument(title: string, preview: UpPreview, t: Translate): string {
  const { plan } = preview;
  const sections = [
    `${title}\n${summary(preview, t)}`,
    ...replaced(preview, t),
    ...removed(plan, t),
    section(
      t('Data'),
      preview.changedVolumes.flatMap((name) => [
        `! ${t('Volume {0} exists with other settings.', name)}`,
        `! ${t('You will be asked whether to keep it as it is, or to make it anew and lose its data.')}`,
      ]),
    ),
    section(
      t('Images built first'),
      preview.builds.map((name) => `  ${name}`),
    ),
    section(
      t('Steps'),
      plan.nodes.map((node) => stepText(node, preview, t)),
    ),
    section(
      t('Stays as it is'),
      plan.upToDate.map((name) => `  ${name}`),
    ),
    section(
      t('Warnings'),
      plan.warnings
        // That a changed volume is kept is said with the data already.
        .filter(({ kind }) => kind !== 'volume-kept')
        .map((warning) => `! ${messageText(warningMessage(warning), t)}`),
    ),
  ];
  return `${sections.filter((text) => text !== '').join('\n\n')}\n`;
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
      ? t('No container is created or removed.')
      : nodes.length === 0
        ? t('Everything is as it should be: nothing to do.')
        : parts.length === 0
          ? t('{0} steps, no container is created or removed.', nodes.length)
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
        `! ${t('{0} is recreated: {1}', finalName, why)}`,
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

function stepText(
  { id, operation, cause, destroys }: PlanNode,
  { changes }: UpPreview,
  t: Translate,
): string {
  const told =
    operation.kind === 'create-container' &&
    operation.replaces !== undefined &&
    (changes.get(operation.replaces.id)?.length ?? 0) > 0;
  const why = messageText(causeMessage(told ? settingsChanged : cause), t);
  const mark = destroys === undefined ? ' ' : '!';
  const lost = destroys === undefined ? '' : `: ${messageText(lossMessage(destroys), t)}`;
  return `${mark} ${String(id).padStart(2)}. ${messageText(operationMessage(operation), t)} (${why})${lost}`;
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

/** As one would write it in the file, as far as that is short. */
function valueText(attribute: string, value: unknown): string {
  if (attribute === 'ports' && typeof value === 'object' && value !== null) return portsText(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > mostText ? `${text.slice(0, mostText)}…` : text.replaceAll('\n', '⏎');
}

/** `127.0.0.1:8080:80/tcp`, from the engine's port bindings. */
function portsText(bindings: object): string {
  return Object.entries(bindings)
    .flatMap(([port, hosts]: [string, unknown]) =>
      (Array.isArray(hosts) ? hosts : []).map((host: unknown) => {
        const { HostIp = '', HostPort = '' } = (host ?? {}) as { HostIp?: string; HostPort?: string };
        return [HostIp, HostPort, port].filter((part) => part !== '').join(':');
      }),
    )
    .join(', ');
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `@@ ${title} @@\n${lines.join('\n')}`;
}
