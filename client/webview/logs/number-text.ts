/** A number as the reader writes it: `12,345`, `12 345`. */
export function numberText(value: number): string {
  return value.toLocaleString(document.documentElement.lang);
}
