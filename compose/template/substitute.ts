export interface SubstituteResult {
  text: string;
  error?: { kind: 'required' | 'invalid'; message: string };
  unset: string[];
}
const pattern = /\$(?:(\$)|([_a-z][_a-z0-9]*)|\{(?:([_a-z][_a-z0-9]*(?::?[-+?](.*))?)\}|()))/gi;
class TemplateError extends Error {
  kind: 'required' | 'invalid';
  constructor(kind: 'required' | 'invalid', message: string) {
    super(message);
    this.kind = kind;
  }
}
export function substitute(template: string, lookup: (name: string) => string | undefined): SubstituteResult {
  const unset: string[] = [];
  let error: SubstituteResult['error'];
  try {
    return { text: run(template, lookup, unset), unset };
  } catch (e) {
    if (!(e instanceof TemplateError)) throw e;
    error = { kind: e.kind, message: e.message };
    return { text: template, unset, error };
  }
}
function run(template: string, lookup: (name: string) => string | undefined, unset: string[]): string {
  return template.replace(pattern, (whole) => one(whole, template, lookup, unset));
}
function closing(s: string): number {
  let open = 0;
  for (let i = 0; i < s.length; i++) {
    if (s[i] === '}') {
      open--;
      if (open === 0) return i;
    }
    if (s[i] === '{') {
      open++;
      i++;
    }
  }
  return -1;
}
function one(
  whole: string,
  template: string,
  lookup: (name: string) => string | undefined,
  unset: string[],
): string {
  const ops = [':?', '?', ':-', '-', ':+', '+'];
  let op = '';
  let best = Infinity;
  for (const o of ops) {
    const i = whole.indexOf(o);
    if (i !== -1 && i < best) {
      best = i;
      op = o;
    }
  }
  let substring = whole;
  let rest = '';
  const c = closing(whole);
  if (c > -1) {
    rest = whole.slice(c + 1);
    substring = whole.slice(0, c + 1);
  }
  const m = new RegExp(pattern.source, 'i').exec(substring);
  if (m?.[1]) return m[1];
  const named = m?.[2] ?? '';
  const braced = m?.[3] ?? '';
  const sub = named !== '' ? named : braced;
  if (sub === '') throw new TemplateError('invalid', template);
  if (named === '') {
    const at = op === '' ? -1 : sub.indexOf(op);
    if (at !== -1) {
      const name = sub.slice(0, at);
      const arg = sub.slice(at + op.length);
      const v = lookup(name);
      const r = () => run(rest, lookup, unset);
      if (op === ':-') return (v === undefined || v === '' ? run(arg, lookup, unset) : v) + r();
      if (op === '-') return (v === undefined ? run(arg, lookup, unset) : v) + r();
      if (op === ':+') return (v !== undefined && v !== '' ? run(arg, lookup, unset) : (v ?? '')) + r();
      if (op === '+') return (v !== undefined ? run(arg, lookup, unset) : '') + r();
      if (v === undefined || (op === ':?' && v === ''))
        throw new TemplateError('required', `${name}${arg === '' ? '' : `: ${run(arg, lookup, unset)}`}`);
      return v + r();
    }
  }
  const v = lookup(sub);
  if (v === undefined) unset.push(sub);
  return v ?? '';
}
