import type { Service } from '../../model/project.ts';
import { annotationsFor } from './annotations.ts';
import { allLabels, labelChoice, labelNumber, labelText } from './labels.ts';
import type { JsonObject, Manifest } from './manifest.ts';
import { openPorts, portsOf, protocolOf, publishedPort } from './ports.ts';
import type { Scope } from './scope.ts';
import { anyOf, listOf, phrase } from '../../problem/phrase.ts';

const types: Readonly<Record<string, string>> = {
  clusterip: 'ClusterIP',
  nodeport: 'NodePort',
  loadbalancer: 'LoadBalancer',
  headless: 'headless',
};

/**
 * What makes a service known by its name in the cluster: on its own ports, as its peers call it, and on the published ones. Without any port it is headless, so
 * that its name leads to the pods, as in a Compose network. Each alias is a Service more. Where a label opens it to the outside, published ports alone are open
 * there: if it has others, by a Service of their own.
 */
export function serviceManifests(
  scope: Scope,
  name: string,
  service: Service,
  selector: string,
): readonly Manifest[] {
  const type = typeOf(scope, name, service);
  const ports = servicePorts(scope, name, service, type);
  const isHeadless = type === 'headless' || ports.length === 0;
  if (ports.length === 0 && type !== 'headless') {
    const exposed = exposedBy(scope, name);
    scope.remark(
      `services.${name}`,
      exposed === undefined
        ? phrase('kubernetes.headless')
        : phrase('kubernetes.headless.exposed', { ports: listOf(exposed) }),
    );
  }
  const own = scope.names.service(name);
  const annotations = annotationsFor('service', service);
  const make = (as: string, { ports: open, ...spec }: JsonObject): Manifest => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: as, labels: { 'io.kompose.service': own }, annotations },
    spec: { ...spec, selector: { 'io.kompose.service': selector }, ports: open },
  });
  const inside = { clusterIP: isHeadless ? 'None' : undefined, ports: namedPorts(ports) };
  const aliases = [
    ...(scope.aliases.get(name) ?? []).map((alias) => make(alias, inside)),
    ...(scope.kindOf(name) === 'StatefulSet'
      ? [make(governingService(own), { clusterIP: 'None', ports: namedPorts(ports) })]
      : []),
  ];
  if (type === 'ClusterIP' || isHeadless) {
    remarkOutside(scope, name, service);
    return [make(own, inside), ...aliases];
  }
  const published = outsidePorts(service, ports);
  const outside = {
    type,
    externalTrafficPolicy: trafficPolicy(service),
    ports: namedPorts(published, type === 'NodePort' ? nodePortOf(scope, name, service) : undefined),
  };
  if (published.length === ports.length) return [make(own, outside), ...aliases];
  return [make(own, inside), make(`${own.slice(0, 53)}-published`, outside), ...aliases];
}

/**
 * The Service that gives the pods of a StatefulSet names of their own. One for that alone: it has to be headless, always, while the other changes with the
 * ports, and neither can be changed.
 */
export function governingService(service: string): string {
  return `${service.slice(0, 58)}-pods`;
}

/** As it would be written, if it is known what the image exposes. */
function exposedBy(scope: Scope, name: string): readonly string[] | undefined {
  return scope.exposed.get(name)?.map((port) => JSON.stringify(port.replace(/\/tcp$/, '')));
}

interface ServicePort {
  readonly port: number;
  readonly target: number;
  readonly protocol: string;
  readonly app: string | undefined;
}

/** What is published, by its published port; all of them if only `expose` names any. */
function outsidePorts(service: Service, all: readonly ServicePort[]): readonly ServicePort[] {
  const open = openPorts(service);
  const wanted = new Set(
    (open.length > 0 ? open : (service.ports ?? [])).map(
      (port) => `${publishedPort(port) ?? port.target}/${protocolOf(port.protocol)}`,
    ),
  );
  return wanted.size === 0 ? all : all.filter(({ port, protocol }) => wanted.has(`${port}/${protocol}`));
}

function trafficPolicy(service: Service): string | undefined {
  const policy = labelChoice(allLabels(service), 'service.external-traffic-policy');
  return policy === undefined ? undefined : policy === 'local' ? 'Local' : 'Cluster';
}

/** Other ports are refused, unless the cluster was set up for them. */
function nodePortOf(scope: Scope, name: string, service: Service): number | undefined {
  const port = labelNumber(allLabels(service), 'service.nodeport.port');
  if (port === undefined || (port >= 30000 && port <= 32767)) return port;
  scope.remark(`services.${name}.labels.kompose.service.nodeport.port`, phrase('kubernetes.node-port'));
  return undefined;
}

/** Labels that take effect outside the cluster only. */
function remarkOutside(scope: Scope, name: string, service: Service): void {
  for (const [label, types] of [
    ['service.external-traffic-policy', anyOf(['loadbalancer', 'nodeport'])],
    ['service.nodeport.port', 'nodeport'],
  ] as const) {
    if (labelText(allLabels(service), label) === undefined) continue;
    scope.remark(
      `services.${name}.labels.kompose.${label}`,
      phrase('kubernetes.label-needs-type', { types }),
    );
  }
}

function typeOf(scope: Scope, name: string, service: Service): string {
  const type = types[labelChoice(allLabels(service), 'service.type') ?? ''];
  const isExposed = labelText(allLabels(service), 'service.expose') !== undefined;
  if (type === undefined && !isExposed && (service.ports ?? []).length > 0) {
    scope.remark(`services.${name}.ports`, phrase('kubernetes.inside-only'));
  }
  return type ?? 'ClusterIP';
}

function servicePorts(scope: Scope, name: string, service: Service, type: string): readonly ServicePort[] {
  const ports = new Map<string, ServicePort>();
  const add = (port: number, target: number, protocol: string, app?: string) => {
    const key = `${port}/${protocol}`;
    if (!ports.has(key)) ports.set(key, { port, target, protocol, app });
  };
  for (const { port, protocol } of portsOf(service)) {
    const app = service.ports?.find(({ target }) => target === port)?.app_protocol;
    add(port, port, protocol, app);
  }
  for (const [at, port] of (service.ports ?? []).entries()) {
    const published = publishedPort(port);
    const path = `services.${name}.ports[${at}]`;
    if (port.host_ip !== undefined && port.host_ip !== '') {
      scope.remark(`${path}.host_ip`, phrase('kubernetes.host-ip'));
    }
    if (published === undefined && /-/.test(port.published ?? '')) {
      scope.remark(`${path}.published`, phrase('kubernetes.port-range', { port: port.target }));
    }
    if (published !== undefined && type !== 'headless') {
      const key = `${published}/${protocolOf(port.protocol)}`;
      const taken = ports.get(key);
      if (taken !== undefined && taken.target !== port.target) {
        scope.remark(`${path}.published`, phrase('kubernetes.port-taken', { port: published }));
      }
      add(published, port.target, protocolOf(port.protocol), port.app_protocol);
    }
  }
  return [...ports.values()];
}

/** `nodePort`: for the first of them. */
function namedPorts(ports: readonly ServicePort[], nodePort?: number): readonly JsonObject[] | undefined {
  if (ports.length === 0) return undefined;
  return ports.map(({ port, target, protocol, app }, at) => ({
    name: protocol === 'TCP' ? String(port) : `${port}-${protocol.toLowerCase()}`,
    port,
    targetPort: target,
    protocol: protocol === 'TCP' ? undefined : protocol,
    nodePort: at === 0 ? nodePort : undefined,
    appProtocol: app,
  }));
}
