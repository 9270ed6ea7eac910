/** The addresses in a text of the type `text/uri-list` (RFC 2483): one a line, lines that begin with `#` are comments. */
export function urisIn(list: string): readonly string[] {
  return list.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
}
