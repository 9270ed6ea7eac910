import { isSecretName } from './secret-name.ts';
import { isNoSecretValue } from './plain-value.ts';

/** A piece of a text. `end` is behind it. */
export interface Piece {
  readonly start: number;
  readonly end: number;
}

/** Texts that are credentials wherever they stand: each with what it is, as publishing names it. */
export const tokenKinds: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ['AWS Client ID', /\b(?:A3T[A-Z0-9]|AKIA|AGPA|AIDA|AROA|AIPA|ANPA|ANVA|ASIA)[A-Z0-9]{16}\b/g],
  ['AWS Secret Key', /(?<=aws.{0,20}?["'])[0-9a-z/+]{40}(?=["'])/gi],
  ['Github authentication', /\bgh[pousr]_\w{36,255}/g],
  ['Github authentication', /\bgithub_pat_\w{20,255}/g],
  ['JSON Web Token', /\beyJ[\w-]{10,4000}\.eyJ[\w-]{10,4000}\.[\w-]{10,4000}/g],
  [
    'Private Key',
    /-----BEGIN (?:[A-Z]+ ){0,3}PRIVATE KEY-----(?:(?!-----END)[\s\S]){0,16000}(?:-----END (?:[A-Z]+ ){0,3}PRIVATE KEY-----)?/g,
  ],
];

/** Others that a mask knows: of GitLab, Slack, Stripe, npm, SendGrid, Google, language models, Docker Hub; hashes of passwords. */
const otherTokens: readonly RegExp[] = [
  /\b(?:glpat-|glrt-|xox[abeprs]-|xapp-|npm_|dckr_(?:p|o)at_|sk-(?:ant-|proj-)?|shpat_|hvs\.|dop_v1_|pypi-)[\w-]{16,255}/g,
  /\b[spr]k_(?:live|test)_\w{12,255}/g,
  /\bSG\.[\w-]{16,64}\.[\w-]{16,64}/g,
  /(?<=\bhttps:\/\/(?:hooks\.slack\.com\/services|discord(?:app)?\.com\/api\/webhooks)\/)[\w/-]{8,255}/g,
  /\bAIza[\w-]{35}/g,
  /\$\$?(?:apr1|2[abxy]|[156y]|argon2i?d?)\$\$?[./\w$=,+-]{16,255}/g,
  /\{S?SHA\d*\}[\w+/=]{16,255}/g,
];

const bearer = /(?<=\b(?:Bearer|Basic)\s{1,4})[\w.~+/=-]{8,4096}/g;

/** `NAME=value`, `name: value`, `"name": "value"`, also in JSON within JSON. The value's end is looked for apart. */
const assigned = /(?<![\w.-])(-{0,2}[A-Za-z_][\w.-]{0,100})\\?["']?[ \t]{0,8}[=:][ \t]{0,8}/g;

const afterOption = /(?<![\w.-])(--?[A-Za-z][\w-]{2,60}|requirepass|masterauth)[ \t]{1,8}(?!-)/g;

/** Credentials as programs take them: `mysql -pX`, `redis-cli -a X`, `curl -u user:X`, `sshpass -p X`, `-passin pass:X`. */
const programs: readonly RegExp[] = [
  /(?<=\b(?:mysql|mariadb)[\w-]{0,16}\b[^\n;|&]{0,400}?\s-p)[^\s"';|&]+/g,
  /(?<=\bredis-cli\b[^\n;|&]{0,400}?\s-a\s{1,8}["']?)[^\s"';|&]+/g,
  /(?<=\bsshpass\s{1,8}-p\s{0,8}["']?)[^\s"';|&]+/g,
  /(?<=\s-pass(?:in|out)\s{1,8}pass:)[^\s"';|&]+/g,
];

const userOption =
  /(?<=(?:^|\s)(?:-u|--user|--proxy-user)[\s=]{1,8}["']?)([^\s:"']{1,200}):([^\s"']{1,400})/g;

const url = /\b([a-z][a-z0-9+.-]{1,30}):\/\/([^\s"'`<>|]{1,4096})/gi;

/** The pieces of a text that are secrets by what they are, or by what is written around them. In no order; they may overlap. */
export function secretPieces(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  const whole = (pattern: RegExp): void => {
    for (const { 0: found, index } of text.matchAll(pattern))
      pieces.push({ start: index, end: index + found.length });
  };
  for (const [, pattern] of tokenKinds) whole(pattern);
  for (const pattern of otherTokens) whole(pattern);
  if (/Bearer|Basic/.test(text)) whole(bearer);
  if (/[=:]/.test(text)) addAssigned(text, pieces);
  if (/\s/.test(text)) {
    addOptions(text, pieces);
    if (/\s-(?:p|a)/.test(text)) for (const pattern of programs) whole(pattern);
  }
  if (text.includes('://')) addFromUrls(text, pieces);
  return pieces;
}

function addAssigned(text: string, pieces: Piece[]): void {
  for (const { 0: found, 1: name = '', index } of text.matchAll(assigned)) {
    if (!isSecretName(name)) continue;
    const start = index + found.length;
    // `scheme://…` is a URL's business.
    if (text.startsWith('//', start)) continue;
    const end = valueEnd(text, start);
    if (end > start && !isNoSecretValue(bare(text.slice(start, end)))) pieces.push({ start, end });
  }
}

const quotedValue = /\\"(?:(?!\\")[^\n])*\\"|"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'/y;

/** To the end of the quotes; else of the word, or to where the next assignment begins. */
function valueEnd(text: string, start: number): number {
  quotedValue.lastIndex = start;
  const quoted = quotedValue.exec(text);
  if (quoted !== null) return start + quoted[0].length;
  const rest = /^[^\s"'}]*/.exec(text.slice(start, start + 4096))?.[0] ?? '';
  const next = /[,;&][\w.-]{1,60}[=:]/.exec(rest);
  return start + (next === null ? rest.replace(/[,;)\]]+$/, '') : rest.slice(0, next.index)).length;
}

function bare(value: string): string {
  return value.replace(/^\\?["']/, '').replace(/\\?["']$/, '');
}

function addOptions(text: string, pieces: Piece[]): void {
  for (const { 0: found, 1: name = '', index } of text.matchAll(afterOption)) {
    if (!isSecretName(name)) continue;
    const start = index + found.length;
    const end = valueEnd(text, start);
    if (end > start && !isNoSecretValue(bare(text.slice(start, end)))) pieces.push({ start, end });
  }
  for (const { 0: found, 1: user = '', 2: password = '', index } of text.matchAll(userOption)) {
    // User and group, as containers have them.
    if (user === password || /^\d+$/.test(password)) continue;
    pieces.push({ start: index + user.length + 1, end: index + found.length });
  }
}

/** Passwords with `/`, `@` and `#` in them too, as people write them. */
function addFromUrls(text: string, pieces: Piece[]): void {
  for (const { 1: scheme = '', 2: rest = '', index } of text.matchAll(url)) {
    const begin = index + scheme.length + 3;
    const authority = /^[^/?#]*/.exec(rest)?.[0] ?? '';
    const isWeb = /^(?:https?|wss?|git)$/i.test(scheme);
    const inAuthority = authority.lastIndexOf('@');
    const last = rest.lastIndexOf('@', queryStart(rest, inAuthority));
    const at = isWeb && inAuthority >= 0 ? inAuthority : last;
    if (at < 0) continue;
    const colon = rest.indexOf(':');
    if (colon >= 0 && colon < at) {
      // A port, then a path with `@` in it.
      if (isWeb && inAuthority < 0 && /^\d+(?:\/|$)/.test(rest.slice(colon + 1, at))) continue;
      pieces.push({ start: begin + colon + 1, end: begin + at });
    } else if (at === inAuthority && at >= 16 && !/^[a-z.-]+$/i.test(rest.slice(0, at)))
      pieces.push({ start: begin, end: begin + at });
  }
}

/** Where a query begins after the host: an `@` in it is no end of a password. */
function queryStart(rest: string, from: number): number {
  const query = rest.indexOf('?', Math.max(0, from));
  return query < 0 || !rest.slice(0, query).includes('@') ? rest.length : query;
}
