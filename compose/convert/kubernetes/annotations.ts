import type { Service } from '../../model/project.ts';
import type { JsonObject } from './manifest.ts';
import { isMetadataKey } from './names.ts';
import { recordOf } from '../../values/record.ts';
import { unlessEmpty } from './manifest.ts';

/** An object that is made of a service, and has annotations. */
export type Annotated = 'pod' | 'service' | 'ingress';

/** Who reads a key, by its prefix (what is before the slash): the first rule that fits counts. Documented in docs/kubernetes.md. */
const rules: readonly (readonly [prefix: RegExp, on: readonly Annotated[]])[] = [
  [/(?:^|\.)ingress\.kubernetes\.io$/, ['ingress']],
  [/^(?:acme\.)?cert-manager\.io$/, ['ingress']],
  [/^(?:haproxy\.org|konghq\.com|ingress\.[a-z.]+)$/, ['ingress']],
  [/^external-dns\.alpha\.kubernetes\.io$/, ['service', 'ingress']],
  [/^service(?:\.[a-z]+)?\.kubernetes\.io$/, ['service']],
  [
    /^(?:metallb\.(?:universe\.tf|io)|cloud\.google\.com|networking\.gke\.io|load-balancer\.hetzner\.cloud)$/,
    ['service'],
  ],
  [
    /^(?:kubernetes\.digitalocean\.com|loadbalancer\.openstack\.org|kube-vip\.io|tailscale\.com)$/,
    ['service'],
  ],
  [/^prometheus\.io$/, ['pod', 'service']],
];

/** Labels and annotations of a service that belong on this object. Others belong on pods; those of kompose and Compose on nothing. */
export function annotationsFor(
  on: Annotated,
  service: Service,
  onOther: (section: 'labels' | 'annotations', key: string) => void = () => {},
): JsonObject | undefined {
  const annotations: Record<string, string> = recordOf();
  for (const section of ['labels', 'annotations'] as const)
    for (const [key, value] of Object.entries(service[section] ?? {})) {
      if (key.startsWith('kompose.') || key.startsWith('com.docker.compose.')) continue;
      if (!isMetadataKey(key)) onOther(section, key);
      else if (placesOf(key).includes(on)) annotations[key] = value;
    }
  return unlessEmpty(annotations);
}

function placesOf(key: string): readonly Annotated[] {
  const prefix = key.includes('/') ? key.slice(0, key.indexOf('/')) : '';
  return rules.find(([pattern]) => pattern.test(prefix))?.[1] ?? ['pod'];
}
