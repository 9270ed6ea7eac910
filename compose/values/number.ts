/**
 * What is longer is no number: Docker Compose knows 64 bits, and a long text costs the square of its length to calculate with. Leading zeros and digits
 * beyond what a number can hold are within it many times over.
 */
const longestNumber = 1_000;

/** Whether a text is short enough to be calculated with. Asked before any number, size or duration is read. */
export function isCalculable(text: string): boolean {
  return text.length <= longestNumber;
}

/** A whole number in decimal digits, with or without a sign. */
export function isWholeNumber(text: string): boolean {
  return isCalculable(text) && /^[+-]?\d+$/.test(text);
}

/** A number in decimal digits: `1`, `-1.5`, `.5`, `1.`, `1e3`. No part can be read in two ways, so that looking never costs more than the length. */
export function isDecimalNumber(text: string): boolean {
  return isCalculable(text) && /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i.test(text);
}
