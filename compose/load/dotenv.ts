import { substitute } from '../template/substitute.ts';
export interface DotenvProblem {
  message: string;
  start: number;
  end: number;
}
export interface DotenvResult {
  values: Map<string, { value: string; start: number; end: number }>;
  problem?: DotenvProblem;
}
/** values so far in `vars`; lookup first. */
export function parseDotenv(
  source: string,
  lookup: (n: string) => string | undefined,
  earlier: ReadonlyMap<string, string> = new Map(),
  format = '',
): DotenvResult {
  const values = new Map<string, { value: string; start: number; end: number }>();
  const get = (n: string) => lookup(n) ?? values.get(n)?.value ?? earlier.get(n);
  const text = source.replace(/^\uFEFF/, ' ').replaceAll('\r\n', '\n');
  const fail = (message: string, start: number): DotenvResult => ({
    values,
    problem: { message, start, end: start },
  });
  if (format !== '' && format !== 'raw') return fail(`unsupported env_file format "${format}"`, 0);
  if (format === 'raw') {
    let at = 0;
    for (const line of text.split('\n')) {
      const l = line.trimStart();
      if (l !== '' && !l.startsWith('#')) {
        const eq = l.indexOf('=');
        const k = eq === -1 ? l : l.slice(0, eq);
        if (/\s/.test(k)) return fail(`variable '${k}' contains whitespaces`, at);
        if (k === '') return fail(`no variable name on line`, at);
        const v = eq === -1 ? lookup(k) : l.slice(eq + 1);
        if (v !== undefined) values.set(k, { value: v, start: at, end: at + line.length });
      }
      at += line.length + 1;
    }
    return { values };
  }
  const space = /[\t\v\f\r \u0085\u00a0]/;
  let i = 0;
  for (;;) {
    for (;;) {
      while (i < text.length && /\s/.test(text[i] ?? '')) i++;
      if (text[i] === '#') {
        const n = text.indexOf('\n', i);
        if (n === -1) {
          i = text.length;
        } else i = n;
      } else break;
    }
    if (i >= text.length) break;
    const ex = /^export\s+/.exec(text.slice(i, i + 200));
    if (ex) {
      i += 6;
      while (space.test(text[i] ?? '')) i++;
    }
    const start = i;
    let key: string | undefined;
    let inherited = false;
    let j = i;
    for (; j < text.length; j++) {
      const c = text[j] ?? '';
      if (space.test(c)) continue;
      if (c === '=' || c === ':' || c === '\n') {
        key = text.slice(i, j);
        inherited = c === '\n';
        break;
      }
      if (/[_.\-[\]\p{L}\p{N}]/u.test(c)) continue;
      return fail(`unexpected character "${c}" in variable name "${text.slice(i).split('\n')[0]}"`, start);
    }
    if (key === undefined) {
      i = j;
      break;
    }
    key = key.trimEnd();
    i = j + 1;
    while (i < text.length && space.test(text[i] ?? '')) i++;
    if (key.includes(' ')) return fail('key cannot contain a space', start);
    if (inherited) {
      const v = lookup(key);
      if (v !== undefined) values.set(key, { value: v, start, end: j });
      continue;
    }
    const q = text[i];
    if (q !== '"' && q !== "'") {
      const n = text.indexOf('\n', i);
      const end = n === -1 ? text.length : n;
      let v = text.slice(i, end);
      const h = v.indexOf(' #');
      if (h !== -1) v = v.slice(0, h);
      v = v.trimEnd();
      const r = substitute(v, get);
      if (r.error) return fail(r.error.message, start);
      values.set(key, { value: r.text, start, end });
      i = n === -1 ? text.length : n + 1;
      continue;
    }
    let esc = false;
    let v = '';
    let k = i + 1;
    let closed = false;
    for (; k < text.length; k++) {
      const c = text[k] ?? '';
      if (c !== q) {
        if (!esc && c === '\\') {
          esc = true;
          continue;
        }
        if (esc) {
          esc = false;
          v += '\\';
        }
        v += c;
        continue;
      }
      if (esc) {
        esc = false;
        v += c;
        continue;
      }
      closed = true;
      break;
    }
    if (!closed) return fail(`unterminated quoted value ${text.slice(i).split('\n')[0]}`, start);
    if (q === '"') {
      v = v.replace(/\\(?:[abcfnrtv$"\\]|0\d{0,3})/g, (m) => {
        if (m === '\\$') return '$$';
        const map: Record<string, string> = {
          a: '\x07',
          b: '\b',
          f: '\f',
          n: '\n',
          r: '\r',
          t: '\t',
          v: '\v',
          '"': '"',
          '\\': '\\',
        };
        const c = m[1] ?? '';
        if (c === '0') {
          const d = m.slice(2);
          return /^[0-7]{3}$/.test(d) && Number.parseInt(d, 8) < 256
            ? String.fromCodePoint(Number.parseInt(d, 8))
            : m;
        }
        return map[c] ?? m;
      });
      const r = substitute(v, get);
      if (r.error) return fail(r.error.message, start);
      v = r.text;
    }
    values.set(key, { value: v, start, end: k + 1 });
    i = k + 1;
  }
  return { values };
}
