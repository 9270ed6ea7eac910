import { join } from 'node:path';

/** Where a snapshot of a project's volume goes: `snapshots/db-data-2026-11-30-13-05-59.tar.gz` in the folder, in local time. */
export function snapshotFile(folder: string, project: string, volume: string, now = new Date()): string {
  const short = volume.startsWith(`${project}_`) ? volume.slice(project.length + 1) : volume;
  return join(folder, 'snapshots', `${[short, ...dateParts(now)].join('-')}.tar.gz`);
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
