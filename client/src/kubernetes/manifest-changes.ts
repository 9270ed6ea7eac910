import type { FileChange } from '#engine/kubernetes/file-changes.ts';
import type { Translate } from '../shared/translate.ts';

// What there is to decide, and to say, about the changes that a conversion would make. It knows no VS Code.

/** What changes is read first, then what is new; what goes comes last. */
export function inReadingOrder(changed: readonly FileChange[]): readonly FileChange[] {
  const rank = ({ before, after }: FileChange) => (after === undefined ? 2 : before === undefined ? 1 : 0);
  return changed.toSorted((a, b) => rank(a) - rank(b));
}

/** A file that is not written or removed without being asked about. */
export interface Doubt {
  readonly path: string;
  readonly label: string;
  readonly description: string;
  /** Whether the change is made unless one says otherwise: not over somebody's own work. */
  readonly picked: boolean;
}

/** Files that were edited since they were written, and files that are no longer made. */
export function doubtsIn(changed: readonly FileChange[], t: Translate): readonly Doubt[] {
  return changed
    .filter(({ after, edited }) => edited || after === undefined)
    .map(({ path, after, edited }) => ({
      path,
      label: after === undefined ? t('Remove {0}', path) : t('Overwrite {0}', path),
      description: edited ? t('edited since it was generated') : t('no longer generated'),
      picked: !edited,
    }));
}

/** The paths that stay as they are: those in doubt that were not picked. */
export function keptOf(doubts: readonly Doubt[], picked: readonly Doubt[]): ReadonlySet<string> {
  const chosen = new Set(picked.map(({ path }) => path));
  return new Set(doubts.flatMap(({ path }) => (chosen.has(path) ? [] : [path])));
}

/** What is said while the changes are shown. `remarks`: how many attributes do not go over; `again`: how much a cluster refuses or keeps. */
export function pendingText(
  changed: readonly FileChange[],
  where: string,
  remarks: number,
  t: Translate,
  again = 0,
): string {
  const edited = changed.filter((change) => change.edited).length;
  return [
    changed.length === 1
      ? t('1 file will change in {0}.', where)
      : t('{0} files will change in {1}.', changed.length, where),
    ...(edited > 0 ? [editedCount(edited, changed.length, t)] : []),
    ...(again === 0
      ? []
      : [
          again === 1
            ? t('A cluster that has the last conversion does not take 1 of the changes.')
            : t('A cluster that has the last conversion does not take {0} of the changes.', again),
        ]),
    ...remarkCount(remarks, t),
  ].join(' ');
}

/** What is said once they are made. */
export function writtenText(
  changed: readonly FileChange[],
  kept: ReadonlySet<string>,
  where: string,
  remarks: number,
  t: Translate,
): string {
  const made = changed.filter(({ path }) => !kept.has(path));
  const removed = made.filter(({ after }) => after === undefined).length;
  const written = made.length - removed;
  return [
    written === 1 ? t('1 file written to {0}.', where) : t('{0} files written to {1}.', written, where),
    ...(removed > 0 ? [t('{0} removed.', removed)] : []),
    ...(kept.size === 0
      ? []
      : [kept.size === 1 ? t('1 file was not changed.') : t('{0} files were not changed.', kept.size)]),
    ...remarkCount(remarks, t),
  ].join(' ');
}

export function unchangedText(where: string, remarks: number, t: Translate): string {
  return [
    t('{0} already matches the Compose files. Nothing has changed.', where),
    ...remarkCount(remarks, t),
  ].join(' ');
}

function editedCount(edited: number, changed: number, t: Translate): string {
  if (changed === 1) return t('It was edited manually.');
  return edited === 1 ? t('1 of them was edited manually.') : t('{0} of them were edited manually.', edited);
}

function remarkCount(remarks: number, t: Translate): readonly string[] {
  if (remarks === 0) return [];
  return [
    remarks === 1
      ? t('1 setting cannot be converted exactly.')
      : t('{0} settings cannot be converted exactly.', remarks),
  ];
}
