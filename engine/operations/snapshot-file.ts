import { join } from 'node:path';
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
