// Control characters are what this is about.
// biome-ignore-all lint/suspicious/noControlCharactersInRegex: see above

/** Terminal sequences, colours (`ESC [ … m`) excepted: of a log's line they are all that can be shown of it as a line. */
const notColors =
  /\x1b\[[0-?]*[ -/]*[@-ln-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\|$)|\x1b[PX^_][^\x1b]*(?:\x1b\\|$)|\x1b(?!\[)[ -/]*[0-~]?|\x1b\[[0-?]*[ -/]*$|[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f\x80-\x9f]/g;

/** A log line made safe for a terminal: colours stay, what moves the cursor, clears, or speaks to the terminal goes. */
export function sanitizeLine(text: string): string {
  // What a carriage return would write over is what nobody saw.
  const visible = text.includes('\r') ? lastWritten(text) : text;
  return visible.replace(notColors, '');
}

/** Several lines, or parts of them, made safe in the same way. */
export function sanitizeText(text: string): string {
  return text.replace(notColors, '');
}

function lastWritten(text: string): string {
  const parts = text.split('\r').filter((part) => part !== '');
  return parts.at(-1) ?? '';
}
