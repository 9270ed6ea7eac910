import type { Build } from '#compose/model/project.ts';
import { recordOf } from '#compose/values/record.ts';

/** A place that a build takes its cache from or brings it to. */
export interface BuildCache {
  readonly type: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** `user/app:cache` is an image, `type=registry,ref=…` says where. */
export function cachesIn(entries: readonly string[] | undefined): readonly BuildCache[] {
  return (entries ?? []).map((entry) => {
    if (!entry.includes('=')) return { type: 'registry', attributes: { ref: entry } };
    const all = entry.split(',').map((part): [string, string] => {
      const at = part.indexOf('=');
      return at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
    });
    return {
      type: all.find(([name]) => name === 'type')?.[1] ?? 'registry',
      attributes: recordOf(all.filter(([name]) => name !== 'type')),
    };
  });
}

/** The images in `cache_from`. */
export function cachedImages({ cache_from }: Build): readonly string[] {
  return cachesIn(cache_from).flatMap(({ type, attributes }) =>
    type === 'registry' && attributes.ref !== undefined ? [attributes.ref] : [],
  );
}
