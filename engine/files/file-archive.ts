import { type Headers, pack } from 'tar-stream';
import { addEntry } from './archive-entries.ts';

/** A tar archive of one file, or of a folder without what it holds. Its name and its owner may be of any length. */
export async function fileArchive(header: Headers, content?: Uint8Array): Promise<Uint8Array> {
  const archive = pack();
  const owned = { ...header, name: header.name.replace(/^\/+/, ''), ...ownerOf(header) };
  addEntry(archive, owned, content && Buffer.from(content)).then(
    () => archive.finalize(),
    (error: Error) => archive.destroy(error),
  );
  const chunks: Uint8Array[] = [];
  for await (const chunk of archive) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Ids that the header's field does not hold go in an extension of it. */
function ownerOf({ uid = 0, gid = 0 }: Headers): Partial<Headers> {
  const most = 0o777777;
  const larger = { ...(uid > most && { uid: String(uid) }), ...(gid > most && { gid: String(gid) }) };
  return { uid, gid, ...(Object.keys(larger).length > 0 && { pax: larger }) };
}
