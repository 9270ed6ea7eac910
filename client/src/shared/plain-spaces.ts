/** A text for an editor, where VS Code puts a frame around each space that does not break, as French has them. */
export function plainSpaces(text: string): string {
  return text.replace(/[\u00a0\u202f]/g, ' ');
}
