import type { Publisher } from '../ps.ts';

/** `0.0.0.0:8080->80/tcp, 9000/tcp`, neighbouring ports as a range, as `docker ps` shows them. */
export function formatPorts(publishers: readonly Publisher[]): string {
  const sorted = [...publishers].sort(
    (a, b) =>
      a.targetPort - b.targetPort ||
      compare(a.url, b.url) ||
      a.publishedPort - b.publishedPort ||
      compare(a.protocol, b.protocol),
  );
  const published = sorted.filter(({ publishedPort }) => publishedPort !== 0);
  const exposed = sorted.filter(({ publishedPort }) => publishedPort === 0);
  return [...joinRanges(exposed), ...joinRanges(published)].join(', ');
}

interface Range {
  readonly first: Publisher;
  last: Publisher;
}

function joinRanges(publishers: readonly Publisher[]): readonly string[] {
  const ranges: Range[] = [];
  for (const publisher of publishers) {
    const open = ranges.find(({ last }) => follows(last, publisher));
    if (open === undefined) ranges.push({ first: publisher, last: publisher });
    else open.last = publisher;
  }
  return ranges.map(({ first, last }) => {
    const targets = span(first.targetPort, last.targetPort);
    if (first.publishedPort === 0) return `${targets}/${first.protocol}`;
    const address = first.url.includes(':') ? `[${first.url}]` : first.url;
    const ports = span(first.publishedPort, last.publishedPort);
    return `${address === '' ? '' : `${address}:`}${ports}->${targets}/${first.protocol}`;
  });
}

/** The next port of the same address and protocol, on both sides. */
function follows(last: Publisher, next: Publisher): boolean {
  const step = last.publishedPort === 0 ? 0 : 1;
  return (
    last.url === next.url &&
    last.protocol === next.protocol &&
    next.targetPort === last.targetPort + 1 &&
    next.publishedPort === last.publishedPort + step
  );
}

function span(first: number, last: number): string {
  return first === last ? String(first) : `${first}-${last}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
