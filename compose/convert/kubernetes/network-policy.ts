import type { Service } from '../../model/project.ts';
import { allLabels, labelChoice } from './labels.ts';
import type { Manifest } from './manifest.ts';
import { exposedPort } from './ingress.ts';
import { type ContainerPort, openPorts, portsOf } from './ports.ts';
import type { Scope } from './scope.ts';

/**
 * Who may reach whom, where a project has networks of its own: the pods of a network reach each other, those of internal networks alone nothing else but
 * names, and published ports are open to all. Policies only ever add up, so each network says what it allows. `podNames`: the label of each service's pods.
 */
export function networkPolicies(scope: Scope, podNames: ReadonlyMap<string, string>): readonly Manifest[] {
  const { networks = {}, services } = scope.project;
  if (!hasPolicies(scope)) return [];
  const used = new Set(Object.values(services).flatMap((service) => Object.keys(service.networks ?? {})));
  const ofNetworks = Object.entries(networks)
    .filter(([name]) => used.has(name))
    .map(([name, { internal }]) => ofNetwork(scope.names.network(name), internal === true));
  const published = Object.entries(services).flatMap(([name, service]) => {
    const ports = openTo(service);
    if (ports.length === 0 || service.networks === undefined) return [];
    const own = scope.names.service(name);
    const from: Manifest = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: `${own.slice(0, 53)}-published` },
      spec: {
        podSelector: { matchLabels: { 'io.kompose.service': podNames.get(name) ?? own } },
        policyTypes: ['Ingress'],
        ingress: [{ ports: ports.map(({ port, protocol }) => ({ port, protocol })) }],
      },
    };
    return [from];
  });
  return [...ofNetworks, ...published];
}

/** What is published, and what an Ingress leads to. */
function openTo(service: Service): readonly ContainerPort[] {
  const type = labelChoice(allLabels(service), 'service.type');
  const isOutside = (type === 'loadbalancer' || type === 'nodeport') && (service.ports ?? []).length === 0;
  const open = isOutside ? portsOf(service) : portsOf({ ...service, ports: openPorts(service), expose: [] });
  const exposed = exposedPort(service);
  const isThere = open.some(({ port, protocol }) => port === exposed?.port && protocol === 'TCP');
  return exposed === undefined || isThere ? open : [...open, exposed];
}

/** Where all services are in one network, everybody reaches everybody, as in a cluster. */
export function hasPolicies({ project }: Scope): boolean {
  return Object.keys(project.networks ?? {}).some((name) => name !== 'default');
}

function ofNetwork(name: string, isInternal: boolean): Manifest {
  const peers = { podSelector: { matchLabels: { [`io.kompose.network/${name}`]: 'true' } } };
  const names = {
    ports: [
      { port: 53, protocol: 'UDP' },
      { port: 53, protocol: 'TCP' },
    ],
  };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name },
    spec: {
      ...peers,
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [peers] }],
      egress: isInternal ? [{ to: [peers] }, names] : [{}],
    },
  };
}
