/** The lines that have a text, in whatever case, with those around them; each run of lines apart. */
export function matchingLines(text: string, query: string, around: number): string {
  const wanted = query.toLowerCase();
  const all = text.split('\n');
  const hits = all.flatMap((line, at) => (line.toLowerCase().includes(wanted) ? [at] : []));
  if (hits.length === 0) return 'No line has this text.';
  const shown = new Set(
    hits.flatMap((at) => Array.from({ length: 2 * around + 1 }, (_, by) => at - around + by)),
  );
  const lines: string[] = [];
  let last = -1;
  for (const at of [...shown].sort((a, b) => a - b)) {
    const line = all[at];
    if (line === undefined) continue;
    if (around > 0 && last >= 0 && at > last + 1) lines.push('--');
    lines.push(line);
    last = at;
  }
  return `${hits.length} ${hits.length === 1 ? 'line has' : 'lines have'} it:\n${lines.join('\n')}`;
}
