import * as vscode from 'vscode';
import { formatDuration } from '../shared/format-duration.ts';
import { snapshotTime } from '#engine/operations/snapshot-file.ts';
import type { FolderEntry } from '#engine/files/list-folder.ts';
import type { Translate } from '../shared/translate.ts';
import type { RowLook } from '../tree/row-view.ts';
import type { SavedVolume } from './saved-volumes.ts';

/** How a file or folder looks in the tree. `uri` names it, for the icon; `canChange`: it can be removed and renamed. */
export function fileLook(entry: FolderEntry, uri: string, canChange: boolean, t: Translate): RowLook {
  const { name, kind, leadsTo } = entry;
  const seen = leadsTo ?? kind;
  const isFolder = seen === 'folder';
  const details = [
    kind === 'link' ? (leadsTo === undefined ? t('link to nothing') : t('link')) : '',
    seen === 'other' ? t('device, pipe, or socket') : '',
    kind === 'file' ? sizeText(entry.size, t) : '',
  ].filter((part) => part !== '');
  return {
    label: name,
    description: details.join(' · '),
    context: ['entry', isFolder ? 'folder' : seen, canChange ? 'changeable' : '']
      .filter((part) => part !== '')
      .join(' '),
    icon: { kind: isFolder ? 'folder' : 'file', uri },
    open: isFolder ? 'collapsed' : 'leaf',
    role: isFolder ? t('folder') : t('file'),
    tooltip: [
      name,
      `${modeText(entry)} ${entry.uid}:${entry.gid}`,
      ...(entry.modifiedAt > 0 ? [new Date(entry.modifiedAt).toLocaleString(vscode.env.language)] : []),
    ].join('\n'),
    ...(seen === 'file' && { opensUri: uri }),
  };
}

/** `812 B`, `4.2 kB`, `31 MB`, with the decimal sign of the reader's language. */
export function sizeText(bytes: number, t: Translate): string {
  if (bytes < 1000) return t('{0} B', bytes);
  const short = (value: number) => {
    const digits = value < 10 ? 1 : 0;
    const form = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    return value.toLocaleString(vscode.env.language, form);
  };
  if (bytes < 1_000_000) return t('{0} kB', short(bytes / 1000));
  if (bytes < 1_000_000_000) return t('{0} MB', short(bytes / 1_000_000));
  return t('{0} GB', short(bytes / 1_000_000_000));
}

/** A snapshot: when it was taken, its size and age. */
export function snapshotLook({ file, size, savedAt }: SavedVolume, now: number, t: Translate): RowLook {
  return {
    // The volume is the row above.
    label: snapshotTime(file),
    description: `${sizeText(size, t)} · ${t('{0} ago', formatDuration(now - savedAt, t))}`,
    context: 'snapshot',
    icon: { kind: 'thing', of: 'snapshot' },
    open: 'leaf',
    role: t('snapshot'),
    tooltip: file,
  };
}

/** As `ls -l` writes it: `-rwxr-x---`. */
export function modeText({ kind, mode }: Pick<FolderEntry, 'kind' | 'mode'>): string {
  const first = { file: '-', folder: 'd', link: 'l', other: '?' }[kind];
  const bits = [...'rwxrwxrwx'].map((letter, at) => ((mode >> (8 - at)) & 1 ? letter : '-'));
  const special = (bit: number, at: number, letter: string) => {
    if ((mode & bit) !== 0) bits[at] = bits[at] === 'x' ? letter : letter.toUpperCase();
  };
  special(0o4000, 2, 's');
  special(0o2000, 5, 's');
  special(0o1000, 8, 't');
  return first + bits.join('');
}
