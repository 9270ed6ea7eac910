import { stringOf } from '#compose/syntax/edit.ts';
import { nodeAt } from '#compose/syntax/at.ts';
import { type RemoteAddress, remoteAddress } from '#compose/load/remote-address.ts';
import type { Span } from '#compose/problem/span.ts';
import { formatPhrase } from '#compose/problem/format-phrase.ts';
import type { FeatureContext } from '../context.ts';
import type { SourceFile } from '../workspace/files.ts';
import { wording } from '../words/words.ts';
import type { Explanation } from './explanation.ts';

/** The address of a remote file under the cursor, where one may stand. */
export function remoteAt(
  file: SourceFile,
  offset: number,
): { readonly address: RemoteAddress; readonly span: Span } | undefined {
  for (const root of file.roots) {
    if (offset < root.span.start || offset > root.span.end) continue;
    const { nodes, path, onKey } = nodeAt(root, offset);
    const node = nodes.at(-1);
    const isPlace = path[0] === 'include' || (path[2] === 'extends' && path[3] === 'file');
    const text = onKey || !isPlace ? undefined : stringOf(node);
    const address = text === undefined ? undefined : remoteAddress(text);
    if (address !== undefined && node !== undefined) return { address, span: node.span };
  }
  return undefined;
}

/** Where a remote file comes from: of which commit it is, and since when that is known; or why it is not here. */
export async function hoverOfRemote(
  { projects, words }: FeatureContext,
  file: SourceFile,
  offset: number,
): Promise<Explanation | undefined> {
  const found = remoteAt(file, offset);
  if (found === undefined) return undefined;
  const { address, span } = found;
  const known = await projects.remote?.locate(address);
  if (known?.kind !== 'here') {
    if (known === undefined) return undefined;
    return { markdown: formatPhrase(known.why, words), span };
  }
  const version = known.version.slice(0, 12);
  const since =
    known.foundAt === undefined ? '' : new Date(known.foundAt).toISOString().slice(0, 16).replace('T', ' ');
  const said =
    address.kind === 'oci'
      ? wording('hover.remote.artifact', { reference: address.reference, version, since })
      : since === ''
        ? wording('hover.remote.commit', { repository: address.repository, version })
        : wording('hover.remote.branch', {
            repository: address.repository,
            ref: address.ref,
            version,
            since,
          });
  return { markdown: formatPhrase(said, words), span };
}
