/** Rows below a head, as Docker's tables have them: a column is as wide as its longest cell and the gap, and at least `least`. The last is not filled up. */
export function formatTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  { least = 10, gap = 3 }: { readonly least?: number; readonly gap?: number } = {},
): string {
  const widths = head.map((title, column) =>
    Math.max(least, gap + Math.max(title.length, ...rows.map((row) => [...(row[column] ?? '')].length))),
  );
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, column) => (column === row.length - 1 ? cell : fill(cell, widths[column] ?? 0)))
        .join(''),
    )
    .map((line) => `${line}\n`)
    .join('');
}

/** At most `length` characters, the last one an ellipsis where something was left out. */
export function ellipsis(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`;
}

/** Counts characters, not UTF-16 units: an ellipsis or an accent is one column. */
function fill(cell: string, width: number): string {
  return cell + ' '.repeat(Math.max(0, width - [...cell].length));
}
