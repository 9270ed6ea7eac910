import { type Selection, tabTitleOf } from '../stack/selected.ts';
import type { LogTarget } from '../terminal/log-terminals.ts';

/** What one view of logs shows: of one project, or of several, merged. */
export interface ShownLogs {
  /** Whose they are, for tabs and descriptions: `shop`, `shop · web`, `shop · web, blog`. */
  readonly title: string;
  readonly targets: readonly LogTarget[];
}

/** The logs of what was chosen. */
export function logTarget(selection: Selection): LogTarget {
  const { stack, services, containers } = selection;
  return {
    selection: {
      project: stack.isOther === true ? '' : stack.name,
      ...(containers !== undefined
        ? { containerIds: containers.map(({ id }) => id) }
        : services !== undefined && { services }),
    },
    title: tabTitleOf(selection),
    engine: stack.engine,
    services: stack.services.map(({ name }) => name),
  };
}

export function shownLogs(selections: readonly Selection[]): ShownLogs {
  return {
    title: selections.map(tabTitleOf).join(', '),
    targets: selections.map(logTarget),
  };
}

/** Whether both follow the same containers, now and later. */
export function isSameLogs(one: ShownLogs | undefined, other: ShownLogs | undefined): boolean {
  return one === other || (one !== undefined && other !== undefined && keyOf(one) === keyOf(other));
}

/** What a page kept over a reload of the window; `undefined`: it is none of ours. */
export function readShownLogs(kept: unknown): ShownLogs | undefined {
  if (!isRecord(kept) || typeof kept.title !== 'string' || !Array.isArray(kept.targets)) return undefined;
  const targets = kept.targets.filter(isTarget);
  return targets.length === 0 ? undefined : { title: kept.title, targets };
}

function keyOf({ targets }: ShownLogs): string {
  return JSON.stringify(targets.map(({ engine, selection }) => [engine ?? '', selection]));
}

function isTarget(value: unknown): value is LogTarget {
  if (!isRecord(value) || !isRecord(value.selection)) return false;
  const { project, services, containerIds } = value.selection;
  return (
    typeof project === 'string' &&
    typeof value.title === 'string' &&
    (value.engine === undefined || typeof value.engine === 'string') &&
    isTexts(value.services) &&
    (services === undefined || isTexts(services)) &&
    (containerIds === undefined || isTexts(containerIds))
  );
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
