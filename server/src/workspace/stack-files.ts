/**
 * Whether a file is one of those that are deployed to a swarm (`composure.swarm.stackFiles`). A pattern without a slash is for the file's name, another one for
 * the end of its path; `*` stands for anything but a slash, `**` for anything.
 */
export function isStackFile(path: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    const source = pattern.replace(/^(?:\.?\/)+/, '').replace(/\*\*\/?|[*?]|[^\w/]/g, translate);
    return new RegExp(`(?:^|/)${source}$`).test(path);
  });
}

function translate(part: string): string {
  if (part.startsWith('**')) return '.*';
  if (part === '*') return '[^/]*';
  return part === '?' ? '[^/]' : `\\${part}`;
}
