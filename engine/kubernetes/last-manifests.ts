import { isObject } from '#compose/convert/kubernetes/claim-templates.ts';
import type { Json, Manifest } from '#compose/convert/kubernetes/manifest.ts';
import { succession, type Succession } from '#compose/convert/kubernetes/succession.ts';
import { recordOf } from '#compose/values/record.ts';
import { parse } from '#compose/syntax/parse.ts';
import { type Plain, toPlain } from '#compose/syntax/to-plain.ts';
import type { FileChange } from './file-changes.ts';

/**
 * What a cluster that runs the last conversion would make of this one: by the files that are in the output folder, so that what somebody edited there counts
 * as it is. Of Kustomize, the base. Files that are no manifest say nothing.
 */
export function againstLast(changes: readonly FileChange[]): readonly Succession[] {
  const manifests = (side: 'before' | 'after') =>
    changes.flatMap((change) => manifestIn(change.path, change[side]) ?? []);
  return succession(manifests('before'), manifests('after'));
}

function manifestIn(path: string, text: string | undefined): Manifest | undefined {
  if (text === undefined || !/^(?:base\/)?[^/]+\.yaml$/.test(path)) return undefined;
  const root = parse(path, text).documents[0]?.root;
  if (root === undefined) return undefined;
  const value = jsonOf(toPlain(root));
  if (value === undefined || !isObject(value) || value.metadata === undefined || !isObject(value.metadata))
    return undefined;
  return typeof value.kind === 'string' &&
    typeof value.metadata.name === 'string' &&
    value.kind !== 'Kustomization'
    ? (value as Manifest)
    : undefined;
}

/** What is `null` counts as not there, as it does for the API. */
function jsonOf(value: Plain): Json | undefined {
  if (value === null) return undefined;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'object') return value;
  if (Array.isArray(value)) return (value as readonly Plain[]).flatMap((each) => jsonOf(each) ?? []);
  return recordOf(
    Object.entries(value).flatMap(([key, each]) => {
      const json = jsonOf(each);
      return json === undefined ? [] : [[key, json] as const];
    }),
  );
}
