import type { Service } from '../../model/project.ts';
import { type ConsistencyContext, reportPath, spanAt } from './consistency-context.ts';
import { phrase } from '../../problem/phrase.ts';

/** A path in the container can be mounted once only. */
export function checkMounts(name: string, service: Service, context: ConsistencyContext): void {
  const mounted = new Map<string, (string | number)[]>();
  const add = (target: string, path: (string | number)[]) => {
    const earlier = mounted.get(target);
    if (earlier === undefined) {
      mounted.set(target, path);
      return;
    }
    reportPath(context, 'duplicate-mount', path, phrase('duplicate-mount', { target }), {
      related: [{ span: spanAt(context.tree, earlier, false), message: phrase('duplicate-mount.other') }],
    });
  };
  (service.tmpfs ?? []).forEach((mount, index) => {
    add(mount.split(':')[0] ?? '', ['services', name, 'tmpfs', index]);
  });
  (service.volumes ?? []).forEach((mount, index) => {
    // Without a target it could not be read, which was reported.
    if (mount.target !== undefined) add(mount.target, ['services', name, 'volumes', index]);
  });
}
