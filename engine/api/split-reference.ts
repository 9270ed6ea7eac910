/** `tag` is the tag or the digest; `latest` where there is neither, or the engine would pull every tag. */
export function splitReference(reference: string): { repository: string; tag: string } {
  const at = reference.indexOf('@');
  if (at >= 0) return { repository: withoutTag(reference.slice(0, at)), tag: reference.slice(at + 1) };
  const repository = withoutTag(reference);
  return { repository, tag: reference.slice(repository.length + 1) || 'latest' };
}

function withoutTag(reference: string): string {
  const colon = reference.lastIndexOf(':');
  return colon > reference.lastIndexOf('/') ? reference.slice(0, colon) : reference;
}
