// Control characters are what this is about. The log panel's page, which has no Node, has its own in webview/logs/ansi.ts.
// biome-ignore-all lint/suspicious/noControlCharactersInRegex: see above

import { stripVTControlCharacters } from 'node:util';

/** Texts for the terminal itself (titles, clipboards, device strings) go with all they hold, ended or not: Node leaves their content. */
const deviceStrings = /\x1b\][^\x07\x1b]*(?:\x07|\x1b\\|$)|\x1b[PX^_][^\x1b]*(?:\x1b\\|$)/g;
/** What is not part of a sequence; tabs and ends of lines stay. */
const controls = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g;
const color = /(\x1b\[[\d;:]*m)/;

/** Text without anything that a terminal would not show: no colours either. */
export function plainText(text: string): string {
  return strip(text.replace(deviceStrings, '').replaceAll(new RegExp(color, 'g'), ''));
}

/** A log line made safe for a terminal: colours stay, what moves the cursor, clears, or speaks to the terminal goes. */
export function sanitizeLine(text: string): string {
  // What a carriage return would write over is what nobody saw.
  return sanitizeText(text.includes('\r') ? lastWritten(text) : text);
}

/** Several lines, or parts of them, made safe in the same way. */
export function sanitizeText(text: string): string {
  const parts = text.replace(deviceStrings, '').split(color);
  return parts.map((part, index) => (index % 2 === 1 ? part : strip(part))).join('');
}

function strip(text: string): string {
  return stripVTControlCharacters(text).replace(controls, '');
}

function lastWritten(text: string): string {
  const parts = text.split('\r').filter((part) => part !== '');
  return parts.at(-1) ?? '';
}
