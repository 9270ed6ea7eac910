import * as vscode from 'vscode';
import { fromHex, toHex } from '../shared/hex.ts';
import { FileSchemes } from '../ids.ts';

/** Where files are that are not on a disk of this machine. */
export type FilePlace =
  | {
      readonly kind: 'container';
      /** The container's, or how it begins. */
      readonly id: string;
      readonly name: string;
    }
  | {
      readonly kind: 'volume';
      readonly name: string;
      /** The engine, where that is not the chosen one. */
      readonly engine?: string | undefined;
    };

export interface PlacedFile {
  readonly place: FilePlace;
  /** Absolute, in the container or the volume. */
  readonly path: string;
}

/**
 * `composure-container://8f2c71d09ab3/shop-web-1/etc/hosts` (its id: another container of that name is not meant) and
 * `composure-volume:/shop_data/base.db` (of another engine than the chosen one, with its name as the host, in hexadecimal).
 */
export function toUri({ place, path }: PlacedFile): vscode.Uri {
  return vscode.Uri.from({
    scheme: FileSchemes[place.kind],
    authority: place.kind === 'container' ? place.id.slice(0, 12) : toHex(place.engine ?? ''),
    path: `/${place.name}${path}`,
  });
}

export function fromUri(uri: vscode.Uri): PlacedFile {
  const [, name = '', rest = ''] = /^\/([^/]*)(.*)$/.exec(uri.path) ?? [];
  const path = rest === '' ? '/' : rest;
  return uri.scheme === FileSchemes.volume
    ? {
        place: { kind: 'volume', name, ...(uri.authority !== '' && { engine: fromHex(uri.authority) }) },
        path,
      }
    : { place: { kind: 'container', id: uri.authority, name }, path };
}
