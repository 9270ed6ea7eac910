/** What a server wants before it answers (RFC 9110, section 11.6.1). */
export interface Challenge {
  /** In small letters: `basic`, `bearer`. */
  readonly scheme: string;
  /** By name in small letters; of a name given twice, the first counts. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** Reads a `WWW-Authenticate` header, of which a stranger is the author: what is not well formed is left out. */
export function parseChallenges(header: string): readonly Challenge[] {
  const challenges: { scheme: string; parameters: Map<string, string> }[] = [];
  const token = /[\w!#$%&'*+.^`|~-]+/y;
  const value = /\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([\w!#$%&'*+.^`|~-]+))/y;
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(header);
    if (found !== null) at = pattern.lastIndex;
    return found;
  };
  while (at < header.length) {
    const name = take(token)?.[0].toLowerCase();
    if (name === undefined) {
      at += 1;
      continue;
    }
    const found = take(value);
    if (found === null) challenges.push({ scheme: name, parameters: new Map() });
    else {
      const parameters = challenges.at(-1)?.parameters;
      if (parameters?.has(name) === false)
        parameters.set(name, found[1]?.replaceAll(/\\(.)/g, '$1') ?? found[2] ?? '');
    }
  }
  return challenges;
}
