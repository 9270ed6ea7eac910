import type { Service } from '../../model/project.ts';
import { annotationsFor } from './annotations.ts';
import { allLabels, labelText } from './labels.ts';
import type { JsonObject, Manifest } from './manifest.ts';
import { type ContainerPort, portsOf } from './ports.ts';
import type { Scope } from './scope.ts';
import { phrase } from '../../problem/phrase.ts';

/**
 * The Ingress that label kompose.service.expose asks for: `true` for every host, or hosts with commas between, each with a path if there is one
 * (`example.com/app`). It leads to the first port.
 */
export function ingressManifests(scope: Scope, name: string, service: Service): readonly Manifest[] {
  const labels = allLabels(service);
  const expose = labelText(labels, 'service.expose');
  if (expose === undefined || /^false$/i.test(expose)) return [];
  const port = exposedPort(service)?.port;
  if (port === undefined) {
    scope.remark(`services.${name}.labels.kompose.service.expose`, phrase('kubernetes.nothing-to-expose'));
    return [];
  }
  const own = scope.names.service(name);
  const backend = { service: { name: own, port: { number: port } } };
  const all = /^true$/i.test(expose) ? [''] : expose.split(',').map((target) => target.trim());
  const targets = all.filter((target) => {
    if (isHost(target.split('/')[0] ?? '')) return true;
    scope.remark(
      `services.${name}.labels.kompose.service.expose`,
      phrase('kubernetes.not-a-host', { target }),
    );
    return false;
  });
  if (targets.length === 0) return [];
  const secretName = labelText(labels, 'service.expose.tls-secret');
  const hosts = targets.map((target) => target.split('/')[0] ?? '').filter((host) => host !== '');
  return [
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: {
        name: own,
        labels: { 'io.kompose.service': own },
        annotations: annotationsFor('ingress', service),
      },
      spec: {
        ingressClassName: labelText(labels, 'service.expose.ingress-class-name'),
        tls:
          secretName === undefined
            ? undefined
            : [{ hosts: hosts.length > 0 ? hosts : undefined, secretName }],
        rules: targets.map((target) => ruleOf(target, backend)),
      },
    },
  ];
}

/** The port that an Ingress leads to, if the label asks for one. */
export function exposedPort(service: Service): ContainerPort | undefined {
  const expose = labelText(allLabels(service), 'service.expose');
  if (expose === undefined || /^false$/i.test(expose)) return undefined;
  return portsOf(service).find(({ protocol }) => protocol === 'TCP');
}

/** Nothing, for every host; or a name, which may begin with `*.`. */
function isHost(text: string): boolean {
  return (
    text === '' || /^(?:\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(text)
  );
}

function ruleOf(target: string, backend: JsonObject): JsonObject {
  const slash = target.indexOf('/');
  const host = slash < 0 ? target : target.slice(0, slash);
  const path = slash < 0 ? '/' : target.slice(slash);
  return {
    host: host === '' ? undefined : host,
    http: { paths: [{ path, pathType: 'Prefix', backend }] },
  };
}
