import { goFormatFloat } from '../syntax/go-format.ts';
import { resolvePlain } from '../syntax/scalar.ts';

/** What can be printed: a mapping has its entries in the order to print them. */
export type YamlValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | readonly YamlValue[]
  | ReadonlyMap<string, YamlValue>;

/** YAML exactly as Docker Compose writes it: two spaces a level, lists indented, no folding, and quotes only where they are needed. */
export function printYaml(value: YamlValue): string {
  const text = block(value, 0);
  return text.startsWith('\n') ? text.slice(1).concat('\n') : `${text.trimStart()}\n`;
}

/** What follows a key and its colon, or an item's dash. */
function block(value: YamlValue, indent: number): string {
  if (value instanceof Map) {
    if (value.size === 0) return ' {}';
    return [...(value as ReadonlyMap<string, YamlValue>)]
      .map(([key, child]) => `${newLine(indent)}${keyText(key)}:${block(child, indent + 2)}`)
      .join('');
  }
  if (Array.isArray(value)) {
    const items = value as readonly YamlValue[];
    if (items.length === 0) return ' []';
    return items.map((item) => `${newLine(indent)}-${afterDash(item, indent + 2)}`).join('');
  }
  return ` ${scalar(value as Exclude<YamlValue, object>, indent)}`;
}

/** The first line of a mapping or a list stands beside the dash. */
function afterDash(item: YamlValue, indent: number): string {
  const text = block(item, indent);
  return text.startsWith('\n') ? ` ${text.slice(1 + indent)}` : text;
}

function newLine(indent: number): string {
  return `\n${' '.repeat(indent)}`;
}

function keyText(key: string): string {
  return key.includes('\n') ? doubleQuoted(key) : oneLine(key);
}

function scalar(value: Exclude<YamlValue, object>, indent: number): string {
  if (value === null) return 'null';
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : goFormatFloat(value);
  if (typeof value !== 'string') return String(value);
  if (!value.includes('\n')) return oneLine(value);
  return allowsLiteral(value) ? literal(value, indent) : doubleQuoted(value);
}

/** `y`, `on` and the like, which YAML 1.1 takes for booleans, and numbers in base 60. */
const oldBoolean = /^(?:y|Y|yes|Yes|YES|on|On|ON|n|N|no|No|NO|off|Off|OFF)$/;
const base60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;

function oneLine(text: string): string {
  const looksTyped = resolvePlain(text).type !== 'string';
  if (looksTyped || oldBoolean.test(text) || base60.test(text) || hasSpecial(text)) {
    return doubleQuoted(text);
  }
  return isPlain(text) ? text : `'${text.replaceAll("'", "''")}'`;
}

/** No indicator where it would mean something. */
function isPlain(text: string): boolean {
  if (/^\s|\s$/.test(text) || /^(?:---|\.\.\.)/.test(text)) return false;
  if (/^[#,[\]{}&*!|>'"%@`]/.test(text) || /^[-?:](?:\s|$)/.test(text)) return false;
  return !/:(?:\s|$)|\s#/.test(text);
}

/** Tabs, what cannot be printed, and what is beyond 16 bits: only double quotes hold them. */
function hasSpecial(text: string): boolean {
  return /[^\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/u.test(text);
}

function allowsLiteral(text: string): boolean {
  return !/ $| \n|[\x85\u2028\u2029]/.test(text) && !hasSpecial(text.replaceAll('\t', ''));
}

function literal(text: string, indent: number): string {
  const hint = /^[ \n]/.test(text) ? '2' : '';
  const chomping = !text.endsWith('\n') ? '-' : text === '\n' || text.endsWith('\n\n') ? '+' : '';
  const lines = text.replace(/\n$/, '').split('\n');
  const body = lines.map((line) => (line === '' ? '\n' : `${newLine(indent)}${line}`)).join('');
  return `|${hint}${chomping}${body}`;
}

const escapes: Readonly<Record<string, string>> = {
  '\0': '\\0',
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\x1b': '\\e',
  '"': '\\"',
  '\\': '\\\\',
  '\x85': '\\N',
  '\u2028': '\\L',
  '\u2029': '\\P',
};

function doubleQuoted(text: string): string {
  const escaped = Array.from(text, (char) => {
    const known = escapes[char];
    if (known !== undefined) return known;
    if (!hasSpecial(char)) return char;
    const code = char.codePointAt(0) ?? 0;
    if (code <= 0xff) return `\\x${hex(code, 2)}`;
    return code <= 0xffff ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
  });
  return `"${escaped.join('')}"`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).toUpperCase().padStart(digits, '0');
}
