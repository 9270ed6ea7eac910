import type { Project, Service } from '../../model/project.ts';
import { parseShellWords } from '../../values/shellwords.ts';
import { list, podContainer } from './container.ts';
import type { PodContainer } from './pod-container.ts';
import { allLabels, labelText } from './labels.ts';
import { type JsonObject, type Manifest, unlessEmpty } from './manifest.ts';
import { objectName } from './names.ts';
import { placement } from './placement.ts';
import { seconds } from './quantities.ts';
import type { Scope } from './scope.ts';
import { podSecurity } from './security.ts';
import { waitFor } from './wait.ts';
import { phrase } from '../../problem/phrase.ts';

/** The specification of a pod, and the objects that its containers need. */
export interface Pod {
  readonly spec: JsonObject;
  readonly objects: readonly Manifest[];
}

/** One pod for these services, the first of which says what holds for the whole of it. */
export function podOf(
  scope: Scope,
  podName: string,
  members: readonly (readonly [string, Service])[],
  restartPolicy: 'Always' | 'OnFailure' | 'Never',
): Pod {
  const [name, service] = members[0] ?? ['', { command: null, entrypoint: null } satisfies Service];
  remarkOthers(scope, members);
  const inPod = members.map(([each]) => each);
  const inits = inPod.flatMap((each) => initContainers(scope, each, inPod));
  const mains = members.map(([each, definition]) => podContainer(scope, each, definition));
  const all = [...inits, ...mains];
  const volumes = new Map(
    all.flatMap((each) => each.volumes.map((volume) => [volume.name, volume] as const)),
  );
  const hasClaim = [...volumes.values()].some(
    ({ persistentVolumeClaim }) => persistentVolumeClaim !== undefined,
  );
  const labels = allLabels(service);
  const pullSecret = labelText(labels, 'image-pull-secret');
  const { hostname, domainname, network_mode, pid, ipc, stop_grace_period } = service;
  const hostNetwork = network_mode === 'host' ? true : undefined;
  const given = members.flatMap(([, each]) => labelledInit(allLabels(each)));
  return {
    spec: {
      initContainers: list([...given, ...distinct(inits).map(({ container }) => container)]),
      containers: mains.map(({ container }) => container),
      volumes: list([...volumes.values()]),
      restartPolicy: restartPolicy === 'Always' ? undefined : restartPolicy,
      // Compose sets no variables such as REDIS_PORT, and images stumble over them.
      enableServiceLinks: false,
      serviceAccountName: labelText(labels, 'serviceaccount-name'),
      imagePullSecrets: pullSecret === undefined ? undefined : [{ name: pullSecret }],
      hostname:
        hostname === undefined || hostname === '' ? undefined : objectName(hostname.replace(/\..*/s, '')),
      subdomain: domainname === undefined || domainname === '' ? undefined : objectName(domainname),
      hostNetwork,
      hostPID: pid === 'host' ? true : undefined,
      hostIPC: ipc === 'host' ? true : undefined,
      // What is left behind by processes is cleared away by the process of the pod, as Docker's init does it.
      shareProcessNamespace: service.init === true && pid !== 'host' ? true : undefined,
      ...dns(service),
      terminationGracePeriodSeconds: seconds(stop_grace_period),
      securityContext: podSecurity(scope, name, service, hasClaim),
      ...placement(scope, podName, name, service),
    },
    objects: distinctObjects(all.flatMap(({ objects }) => objects)),
  };
}

/** What of the further services of a pod is not asked for: a pod has one of each. */
function remarkOthers(scope: Scope, members: readonly (readonly [string, Service])[]): void {
  const [first, ...others] = members;
  for (const [name, service] of others) {
    for (const key of ofPods) {
      if (service[key] === undefined) continue;
      if (JSON.stringify(service[key]) === JSON.stringify(first?.[1][key])) continue;
      scope.remark(
        `services.${name}.${key}`,
        phrase('kubernetes.pod-setting', { service: first?.[0] ?? '' }),
      );
    }
  }
}

const ofPods = [
  'dns',
  'dns_opt',
  'dns_search',
  'domainname',
  'extra_hosts',
  'group_add',
  'hostname',
  'ipc',
  'pid',
  'platform',
  'scale',
  'stop_grace_period',
  'sysctls',
] as const satisfies readonly (keyof Service)[];

/** The services that others wait for until they have ended: each runs in the pods of those who wait, before them. */
export function completedFirst(project: Project): ReadonlySet<string> {
  return new Set(
    Object.values(project.services).flatMap(({ depends_on = {} }) =>
      Object.entries(depends_on)
        .filter(
          ([name, { condition }]) =>
            condition === 'service_completed_successfully' && name in project.services,
        )
        .map(([name]) => name),
    ),
  );
}

function initContainers(
  scope: Scope,
  name: string,
  inPod: readonly string[],
  above: readonly string[] = [],
): readonly PodContainer[] {
  const dependencies = scope.project.services[name]?.depends_on ?? {};
  return Object.entries(dependencies).flatMap(([needed, dependency]) => {
    const service = scope.project.services[needed];
    const path = `services.${name}.depends_on.${needed}`;
    if (service === undefined || above.includes(needed)) return [];
    if (dependency.condition !== 'service_completed_successfully') {
      const wait = waitFor(scope, name, needed, dependency, inPod);
      if (!('key' in wait)) return [wait];
      scope.remark(path, wait);
      return [];
    }
    scope.remark(path, phrase('kubernetes.init-container', { needed, name }));
    return [
      ...initContainers(scope, needed, inPod, [...above, name]),
      podContainer(scope, needed, service, 'init'),
    ];
  });
}

function labelledInit(labels: Parameters<typeof labelText>[0]): readonly JsonObject[] {
  const image = labelText(labels, 'init.containers.image');
  if (image === undefined) return [];
  const command = labelText(labels, 'init.containers.command');
  const parsed = command === undefined ? undefined : parseShellWords(listText(command));
  return [
    {
      name: objectName(labelText(labels, 'init.containers.name') ?? 'init-service'),
      image,
      command: parsed?.kind === 'words' ? parsed.words : undefined,
    },
  ];
}

/** `["a", "b"]` as a line of words. */
function listText(text: string): string {
  return text.replace(/^\[(.*)\]$/s, '$1').replaceAll(/"\s*,\s*"/g, '" "');
}

function dns({ dns: servers, dns_search, dns_opt, extra_hosts, network_mode }: Service): JsonObject {
  const config = unlessEmpty({
    ...(servers !== undefined && servers.length > 0 && { nameservers: servers }),
    ...(dns_search !== undefined && dns_search.length > 0 && { searches: dns_search }),
    ...(dns_opt !== undefined &&
      dns_opt.length > 0 && {
        options: dns_opt.map((option) => {
          const [name = '', value] = option.split(':');
          return { name, value };
        }),
      }),
  });
  // Each address once: it is the key of the list.
  const names = new Map<string, string[]>();
  for (const entry of extra_hosts ?? []) {
    const [, hostname = '', text = ''] = /^([^=:]+)[=:](.*)$/.exec(entry) ?? [];
    const ip = text.replace(/^\[(.*)\]$/, '$1');
    if (/^[\d.]+$|:/.test(ip)) names.set(ip, [...(names.get(ip) ?? []), hostname]);
  }
  const hosts = [...names].map(([ip, hostnames]) => ({ ip, hostnames }));
  return {
    dnsPolicy: network_mode === 'host' ? 'ClusterFirstWithHostNet' : undefined,
    dnsConfig: config,
    hostAliases: list(hosts),
  };
}

function distinct(containers: readonly PodContainer[]): readonly PodContainer[] {
  return [...new Map(containers.map((each) => [each.container.name, each])).values()];
}

export function distinctObjects(objects: readonly Manifest[]): readonly Manifest[] {
  return [...new Map(objects.map((each) => [`${each.kind}/${each.metadata.name}`, each])).values()];
}
