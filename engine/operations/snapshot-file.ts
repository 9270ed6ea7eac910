import { basename, join } from 'node:path';
import { shortResourceName } from '../project/names.ts';

/** Where the snapshots of a project are, whose folder this is. */
export function snapshotFolder(folder: string): string {
  return join(folder, 'snapshots');
}

/** Where a snapshot of a project's volume goes: `snapshots/db-data-2026-11-30-13-05-59.tar.gz` in the folder, in local time. */
export function snapshotFile(folder: string, project: string, volume: string, now = new Date()): string {
  const name = [shortResourceName(project, volume), ...dateParts(now)].join('-');
  return join(snapshotFolder(folder), `${name}.tar.gz`);
}

/** Those of these files that are snapshots of a project's volume by their names, the newest first. */
export function snapshotsAmong(names: readonly string[], project: string, volume: string): readonly string[] {
  const short = shortResourceName(project, volume);
  return names.filter((name) => partsOf(name)?.of === short).toSorted((a, b) => (a < b ? 1 : -1));
}

/** The time in the name of a snapshot, `2026-11-30 13:05:59`; without one, the name without its ending. */
export function snapshotTime(file: string): string {
  const { of = basename(file), date, time } = partsOf(basename(file)) ?? {};
  return date === undefined || time === undefined ? of : `${date} ${time.replaceAll('-', ':')}`;
}

function partsOf(name: string): { of?: string; date?: string; time?: string } | undefined {
  return /^(?<of>.+?)(?:-(?<date>\d{4}-\d\d-\d\d)-(?<time>\d\d-\d\d-\d\d))?\.tar\.gz$/.exec(name)?.groups;
}

function dateParts(now: Date): readonly string[] {
  return [
    now.getFullYear(),
    now.getMonth() + 1,
    now.getDate(),
    now.getHours(),
    now.getMinutes(),
    now.getSeconds(),
  ].map((value) => String(value).padStart(2, '0'));
}
