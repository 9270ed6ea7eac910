import { describe, expect, it, onTestFinished } from 'vitest';
import * as vscode from 'vscode';
import type { FolderEntry } from '#engine/files/list-folder.ts';
import { fileLook, modeText, sizeText, snapshotLook } from '../../../client/src/files/file-look.ts';
import { english } from '../translate.ts';

const entry = (change: Partial<FolderEntry>): FolderEntry => ({
  name: 'app.ini',
  kind: 'file',
  size: 4200,
  mode: 0o640,
  modifiedAt: 0,
  uid: 7,
  gid: 8,
  ...change,
});
const look = (change: Partial<FolderEntry>, canChange = true) =>
  fileLook(entry(change), 'composure-container://a/b/app.ini', canChange, english);

describe('a file in the tree', () => {
  it('has its size and time in the language of the reader', () => {
    Object.assign(vscode.env, { language: 'fr' });
    onTestFinished(() => void Object.assign(vscode.env, { language: 'en' }));
    expect(sizeText(4200, english)).toBe('4,2 kB');
    expect(sizeText(31_000_000, english)).toBe('31 MB');
    const at = Date.UTC(2026, 10, 30, 12);
    expect(look({ modifiedAt: at }).tooltip).toContain(new Date(at).toLocaleString('fr'));
  });

  it('says how large it is, and opens', () => {
    expect(look({})).toMatchObject({
      label: 'app.ini',
      description: '4.2 kB',
      context: 'entry file changeable',
      open: 'leaf',
      role: 'file',
      opensUri: 'composure-container://a/b/app.ini',
      tooltip: 'app.ini\n-rw-r----- 7:8',
    });
    expect(look({}, false).context).toBe('entry file');
  });

  it('that is a folder, or a link to one, can be expanded', () => {
    expect(look({ kind: 'folder' })).toMatchObject({ context: 'entry folder changeable', open: 'collapsed' });
    expect(look({ kind: 'folder' })).not.toHaveProperty('opensUri');
    expect(look({ kind: 'link', leadsTo: 'folder' })).toMatchObject({
      description: 'link',
      open: 'collapsed',
      context: 'entry folder changeable',
    });
  });

  it('that is none, or leads to none, is not opened', () => {
    expect(look({ kind: 'other' })).toMatchObject({ description: 'device, pipe, or socket', open: 'leaf' });
    expect(look({ kind: 'link' })).toMatchObject({ description: 'link to nothing', open: 'leaf' });
    for (const kind of ['other', 'link'] as const) expect(look({ kind })).not.toHaveProperty('opensUri');
    expect(look({ kind: 'link', leadsTo: 'file' })).toHaveProperty('opensUri');
  });
});

it('a snapshot shows its name, size and age', () => {
  const saved = { file: '/shop/snapshots/db-2026-11-30-13-05-59.tar.gz', size: 12_000_000, savedAt: 0 };
  expect(snapshotLook(saved, 7_200_000, english)).toMatchObject({
    label: '2026-11-30 13:05:59',
    description: '12 MB · 2 h ago',
    context: 'snapshot',
    tooltip: saved.file,
  });
});

it('sizes and modes are written as people know them', () => {
  expect([0, 999, 1000, 12_345, 9_940_000, 12_000_000_000].map((size) => sizeText(size, english))).toEqual([
    '0 B',
    '999 B',
    '1.0 kB',
    '12 kB',
    '9.9 MB',
    '12 GB',
  ]);
  const modes = [0o755, 0o4755, 0o2640, 0o1777].map((mode) => modeText({ kind: 'folder', mode }));
  expect(modes).toEqual(['drwxr-xr-x', 'drwsr-xr-x', 'drw-r-S---', 'drwxrwxrwt']);
});
