import { removeEntryAt } from './entries.ts';
import { wording } from '../words/words.ts';
import type { Edit, Fix, FixContext } from './fix.ts';

/** More containers than host ports: a range of them, or none, so that the engine picks one for each. */
export function morePorts({ data, file, start, end }: FixContext): readonly Fix[] {
  const { published, range } = data;
  if (typeof published !== 'string') return [];
  const written = file.text.slice(start, end);
  const fixes: Fix[] = [];
  const host = hostPart(written, published);
  if (host === undefined) return fixes;
  const at = start + host.at;
  if (typeof range === 'string') {
    fixes.push({
      title: wording('fix.port-range', { range }),
      preferred: true,
      edits: [{ start: at, end: at + published.length, newText: range }],
    });
  }
  const removal = host.short
    ? shortWithout(written, start, host.at, published)
    : removeEntryAt(file, start + host.key);
  if (removal !== undefined) fixes.push({ title: wording('fix.no-host-port'), edits: [removal] });
  return fixes;
}

interface HostPart {
  /** Where the host port begins. */
  readonly at: number;
  readonly short: boolean;
  /** Where the key `published` begins, in the long form. */
  readonly key: number;
}

/** Where a port, in its short or its long form, names the port of the machine. */
function hostPart(written: string, published: string): HostPart | undefined {
  const long = /(?:^|[\s{,"'])(published["']?\s*:\s*["']?)(?=\d)/.exec(written);
  if (long !== null) {
    const key = long.index + long[0].length - (long[1]?.length ?? 0);
    const at = long.index + long[0].length;
    return written.startsWith(published, at) ? { at, short: false, key } : undefined;
  }
  const at = written.lastIndexOf(`${published}:`);
  return at < 0 ? undefined : { at, short: true, key: at };
}

/** `8080:80` as `80`; an address stays: `127.0.0.1:8080:80` as `127.0.0.1::80`. */
function shortWithout(written: string, start: number, at: number, published: string): Edit {
  const hasAddress = written.slice(0, at).endsWith(':');
  const end = start + at + published.length + (hasAddress ? 0 : 1);
  return { start: start + at, end, newText: '' };
}
