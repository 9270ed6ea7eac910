import type { Publisher } from '#engine/observe/container-rows.ts';

/**
 * `0.0.0.0:8080->80/tcp, 9000/tcp`, as `docker ps` shows ports: neighbours that are not published, or under their own numbers, are joined to ranges
 * and come first; the others follow one by one.
 */
export function formatPorts(publishers: readonly Publisher[]): string {
  const sorted = [...publishers].sort(
    (a, b) =>
      a.targetPort - b.targetPort ||
      compare(a.url, b.url) ||
      a.publishedPort - b.publishedPort ||
      compare(a.protocol, b.protocol),
  );
  const complete: string[] = [];
  const open = new Map<string, Range>();
  const single: string[] = [];
  for (const publisher of sorted) {
    const { url, targetPort: port, publishedPort, protocol } = publisher;
    if (publishedPort !== 0 && publishedPort !== port) {
      single.push(`${prefixOf(publisher)}${publishedPort}->${port}/${protocol}`);
      continue;
    }
    const key = publishedPort === 0 ? protocol : `${url}/${protocol}`;
    const range = open.get(key);
    if (range !== undefined && port === range.last + 1) {
      range.last = port;
      continue;
    }
    if (range !== undefined) complete.push(formatRange(range));
    open.set(key, { of: publisher, first: port, last: port });
  }
  return [...complete, ...[...open.values()].map(formatRange), ...single].join(', ');
}

interface Range {
  readonly of: Publisher;
  readonly first: number;
  last: number;
}

function formatRange({ of, first, last }: Range): string {
  const ports = first === last ? String(first) : `${first}-${last}`;
  return `${of.publishedPort === 0 ? '' : `${prefixOf(of)}${ports}->`}${ports}/${of.protocol}`;
}

function prefixOf({ url }: Publisher): string {
  if (url === '') return '';
  return url.includes(':') ? `[${url}]:` : `${url}:`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
