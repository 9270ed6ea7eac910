/** The known word nearest to a mistyped one; `undefined` when none is near. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  const wanted = normalise(word);
  const near = Math.max(1, Math.floor(wanted.length / 3));
  // Two slips in a short word are many, unless it begins right: `prt` is `ports`.
  const far = wanted.length < 3 ? near : Math.max(2, near);
  let best: string | undefined;
  let bestScore = far + 1;
  for (const candidate of known) {
    const name = normalise(candidate);
    const distance = editDistance(wanted, name, Math.ceil(bestScore) + 1);
    if (distance > far || (distance > near && wanted[0] !== name[0])) continue;
    // Letters left out are likelier than others typed.
    const score = distance - (isSubsequence(wanted, name) ? 0.5 : 0);
    if (score >= bestScore) continue;
    best = candidate;
    bestScore = score;
  }
  return best;
}

function isSubsequence(part: string, whole: string): boolean {
  let found = 0;
  for (const letter of whole) {
    if (letter === part[found]) found += 1;
  }
  return found === part.length;
}

function normalise(word: string): string {
  return word.toLowerCase().replace(/[-_ ]/g, '');
}

/** Insertions, deletions, replacements and swaps of neighbours that lead from one word to the other; `limit` if that many do not. */
export function editDistance(from: string, to: string, limit: number): number {
  if (Math.abs(from.length - to.length) >= limit) return limit;
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const row = [i];
    let smallest = i;
    for (let j = 1; j <= to.length; j += 1) {
      const cost = from[i - 1] === to[j - 1] ? 0 : 1;
      let value = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]) {
        value = Math.min(value, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(value);
      smallest = Math.min(smallest, value);
    }
    if (smallest >= limit) return limit;
    beforeLast = last;
    last = row;
  }
  return Math.min(last[to.length] ?? limit, limit);
}
