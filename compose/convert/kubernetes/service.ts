import type { Service } from '../../model/project.ts';
import { allLabels, labelNumber, labelText } from './labels.ts';
import type { JsonObject, Manifest } from './manifest.ts';
import { objectName } from './names.ts';
import { portsOf, protocolOf, publishedPort } from './ports.ts';
import type { Scope } from './scope.ts';

const types: Readonly<Record<string, string>> = {
  clusterip: 'ClusterIP',
  nodeport: 'NodePort',
  loadbalancer: 'LoadBalancer',
  headless: 'headless',
};

/**
 * What makes a service known by its name in the cluster: on its own ports, as its peers call it, and on the published ones. Without any port it is headless, so
 * that its name leads to the pods, as in a Compose network. Each alias, and the name that a label gives it, is a Service more.
 */
export function serviceManifests(
  scope: Scope,
  name: string,
  service: Service,
  selector: string,
): readonly Manifest[] {
  const labels = allLabels(service);
  const type = typeOf(scope, name, service);
  const ports = servicePorts(scope, name, service, type);
  const isHeadless = type === 'headless' || ports.length === 0;
  if (ports.length === 0 && type !== 'headless') {
    scope.remark(
      `services.${name}`,
      'It names no port, and an image is not looked into: its Service is headless, the name leads to the pods themselves. With "expose" it has an address that stays.',
    );
  }
  const own = scope.names.service(name);
  const policy = labelText(labels, 'service.external-traffic-policy');
  const make = (as: string): Manifest => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: as, labels: { 'io.kompose.service': own } },
    spec: {
      type: isHeadless || type === 'ClusterIP' ? undefined : type,
      clusterIP: isHeadless ? 'None' : undefined,
      externalTrafficPolicy: policy === undefined ? undefined : /^local$/i.test(policy) ? 'Local' : 'Cluster',
      selector: { 'io.kompose.service': selector },
      ports: ports.length === 0 ? undefined : ports,
    },
  });
  const aliases = new Set(Object.values(service.networks ?? {}).flatMap((network) => network?.aliases ?? []));
  const override = labelText(labels, 'service.name_override');
  if (override !== undefined) aliases.add(override);
  const others = [...aliases].map(objectName).filter((alias) => alias !== own);
  const free = others.filter((alias) => !Object.keys(scope.project.services).includes(alias));
  return [make(own), ...free.map(make)];
}

function typeOf(scope: Scope, name: string, service: Service): string {
  const wanted = labelText(allLabels(service), 'service.type');
  const type = types[wanted?.toLowerCase() ?? ''];
  if (wanted !== undefined && type === undefined) {
    scope.remark(
      `services.${name}.labels.kompose.service.type`,
      'It is one of clusterip, nodeport, loadbalancer and headless.',
    );
  }
  const isExposed = labelText(allLabels(service), 'service.expose') !== undefined;
  if (type === undefined && !isExposed && (service.ports ?? []).length > 0) {
    scope.remark(
      `services.${name}.ports`,
      'They are open inside the cluster only. From outside: label kompose.service.type: loadbalancer (or nodeport), or kompose.service.expose: HOST for an Ingress.',
    );
  }
  return type ?? 'ClusterIP';
}

function servicePorts(scope: Scope, name: string, service: Service, type: string): readonly JsonObject[] {
  const ports = new Map<
    string,
    { port: number; target: number; protocol: string; app: string | undefined }
  >();
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
      scope.remark(`${path}.host_ip`, 'Pods are not bound to an address of the node.');
    }
    if (published !== undefined && type !== 'headless') {
      const key = `${published}/${protocolOf(port.protocol)}`;
      const taken = ports.get(key);
      if (taken !== undefined && taken.target !== port.target) {
        scope.remark(`${path}.published`, `The container itself listens on ${published}, which goes first.`);
      }
      add(published, port.target, protocolOf(port.protocol), port.app_protocol);
    }
  }
  const nodePort = type === 'NodePort' ? labelNumber(allLabels(service), 'service.nodeport.port') : undefined;
  return [...ports.values()].map(({ port, target, protocol, app }, at) => ({
    name: protocol === 'TCP' ? String(port) : `${port}-${protocol.toLowerCase()}`,
    port,
    targetPort: target,
    protocol: protocol === 'TCP' ? undefined : protocol,
    nodePort: at === 0 ? nodePort : undefined,
    appProtocol: app,
  }));
}
