import type { Dependency } from '../../model/project.ts';
import type { PodContainer } from './pod-container.ts';
import { allLabels, labelChoice } from './labels.ts';
import { hasPolicies } from './network-policy.ts';
import { portsOf } from './ports.ts';
import { templateImages } from '../../values/template-images.ts';
import type { Scope } from './scope.ts';
import { phrase, type Phrase } from '../../problem/phrase.ts';

/** What waits unless something else is said. */
export const standardWaitImage = templateImages.busybox;

/**
 * A container that goes before those of a pod and ends when a dependency is healthy, as `service_healthy` has it: a Service leads to ready pods alone, so that its
 * port answers, or where it has no address of its own its name is known, when the probe has succeeded. Why there is none, otherwise. `inPod`: the
 * services of the same pod.
 */
export function waitFor(
  scope: Scope,
  name: string,
  needed: string,
  { condition, required }: Dependency,
  inPod: readonly string[],
): PodContainer | Phrase {
  if (condition !== 'service_healthy' || scope.waitImage === '') {
    return phrase('kubernetes.no-order');
  }
  if (required === false) return phrase('kubernetes.goes-without');
  if (inPod.includes(needed)) return phrase('kubernetes.same-pod', { needed });
  const script = scriptOf(scope, needed);
  if (script === undefined) return phrase('kubernetes.nameless', { needed });
  if (!mayCall(scope, name, needed)) return phrase('kubernetes.no-shared-network', { needed });
  return {
    container: {
      name: `wait-for-${scope.names.service(needed)}`.slice(0, 63).replace(/-+$/, ''),
      image: scope.waitImage,
      command: ['sh', '-c', script],
    },
    volumes: [],
    objects: [],
  };
}

/**
 * `undefined` where there is no Service, or one that cannot be asked. Not every BusyBox knows `nc -z`, but each ends with 0 when the program does that it
 * runs on a connection.
 */
function scriptOf(scope: Scope, needed: string): string | undefined {
  const service = scope.project.services[needed];
  const kind = scope.kindOf(needed);
  if (service === undefined || service.provider !== undefined) return undefined;
  const ports = portsOf(service);
  if (ports.length === 0 && (kind === 'Job' || kind === 'CronJob')) return undefined;
  const host = scope.names.service(needed);
  const port = ports.find(({ protocol }) => protocol === 'TCP')?.port;
  if (port !== undefined) return `until nc -w 2 ${host} ${port} -e true; do sleep 2; done`;
  const isHeadless = ports.length === 0 || labelChoice(allLabels(service), 'service.type') === 'headless';
  // What answers at the port does not matter, only that there is an address.
  return isHeadless
    ? `while nc -w 2 ${host} 1 -e true 2>&1 | grep -q 'bad address'; do sleep 2; done`
    : undefined;
}

function mayCall(scope: Scope, name: string, needed: string): boolean {
  if (!hasPolicies(scope)) return true;
  const own = Object.keys(scope.project.services[name]?.networks ?? {});
  const other = Object.keys(scope.project.services[needed]?.networks ?? {});
  return own.some((network) => other.includes(network));
}
