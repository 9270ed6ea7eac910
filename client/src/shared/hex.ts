/** Any text as what may stand for the host in a URI, where names with other characters and capitals do not survive. */
export function toHex(text: string): string {
  return Buffer.from(text).toString('hex');
}

export function fromHex(hex: string): string {
  return Buffer.from(hex, 'hex').toString();
}
