import { isSecretName, maskSecrets } from './mask.ts';

/** The same data with the values of what is called like a secret masked, and so are secrets within texts. */
export function maskDeep(value: unknown, name = ''): unknown {
  if (typeof value === 'string') return isSecretName(name) && value !== '' ? '***' : maskAssignment(value);
  if (Array.isArray(value)) return value.map((item) => maskDeep(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, maskDeep(child, key)]));
}

/** `NAME=value` is masked to its end: values may have spaces. */
function maskAssignment(text: string): string {
  const [, name = ''] = /^([\w.-]+)=/.exec(text) ?? [];
  return name !== '' && isSecretName(name) ? `${name}=***` : maskSecrets(text);
}
