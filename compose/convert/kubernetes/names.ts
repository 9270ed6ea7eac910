/**
 * A name for an object of Kubernetes (a DNS label, RFC 1035): at most 63 of `a-z`, `0-9` and `-`, a letter first. Characters that cannot stand become
 * `-`, as kompose does it.
 */
export function objectName(name: string): string {
  const label = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '');
  const started = /^[a-z]/.test(label) ? label : `x-${label}`;
  return started.slice(0, 63).replace(/-+$/, '');
}

/** A name of its own for each, by the name in the compose file: where two would be one, the later ones are numbered. None is `reserved`. */
export function objectNames(
  names: readonly string[],
  isReserved: (name: string) => boolean = () => false,
): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  const result = new Map<string, string>();
  for (const name of names) {
    const wanted = objectName(name);
    let free = wanted;
    for (let number = 2; taken.has(free) || isReserved(free); number++) {
      free = `${wanted.slice(0, 62 - String(number).length)}-${number}`;
    }
    taken.add(free);
    result.set(name, free);
  }
  return result;
}

/** A key of a ConfigMap or a Secret: at most 253 of letters, digits, `-`, `_` and `.`. */
export function dataKey(name: string): string {
  const key = name.replaceAll(/[^-._a-zA-Z0-9]/g, '_').slice(0, 253);
  return /^\.{0,2}$/.test(key) ? `_${key}` : key;
}

/** Whether a value may stand in `metadata.labels`. */
export function isLabelValue(text: string): boolean {
  return text === '' || /^[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/.test(text);
}

/** Whether a key may stand in `metadata.labels` and `metadata.annotations`: a name, after a domain and a slash if there is one. */
export function isMetadataKey(text: string): boolean {
  const slash = text.indexOf('/');
  const prefix = slash < 0 ? undefined : text.slice(0, slash);
  const dns = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
  if (prefix !== undefined && (prefix.length > 253 || !dns.test(prefix))) return false;
  const name = text.slice(slash + 1);
  return name !== '' && isLabelValue(name);
}
