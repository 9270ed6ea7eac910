import type { Service } from '../../model/project.ts';
import { nodeAt } from '../../syntax/edit.ts';
import type { ProblemCode } from '../../problem/codes.ts';
import { type ConsistencyContext, own, reportPath } from './consistency-context.ts';

/** Everything a service names must be declared. */
export function checkReferences(name: string, service: Service, context: ConsistencyContext): void {
  checkNetworks(name, service, context);
  checkDependencies(name, service, context);
  const { project } = context;
  const path = ['services', name];
  const undefinedResource = (
    code: ProblemCode,
    kind: string,
    section: string,
    key: string,
    at: (string | number)[],
  ) =>
    reportPath(
      context,
      code,
      at,
      `The service "${name}" uses the ${kind} "${key}", which is not declared. Add it under "${section}".`,
      { data: { section, name: key } },
    );
  (service.volumes ?? []).forEach((mount, index) => {
    if (mount.type !== 'volume' || mount.source === undefined) return;
    if (own(project.volumes, mount.source) !== undefined) return;
    undefinedResource('undefined-volume', 'volume', 'volumes', mount.source, [...path, 'volumes', index]);
  });
  (service.build?.secrets ?? []).forEach((secret, index) => {
    if (own(project.secrets, secret.source ?? '') !== undefined) return;
    undefinedResource('undefined-secret', 'secret', 'secrets', secret.source ?? '', [
      ...path,
      'build',
      'secrets',
      index,
    ]);
  });
  (service.secrets ?? []).forEach((secret, index) => {
    if (own(project.secrets, secret.source ?? '') !== undefined) return;
    undefinedResource('undefined-secret', 'secret', 'secrets', secret.source ?? '', [
      ...path,
      'secrets',
      index,
    ]);
  });
  (service.configs ?? []).forEach((config, index) => {
    if (own(project.configs, config.source ?? '') !== undefined) return;
    undefinedResource('undefined-config', 'config', 'configs', config.source ?? '', [
      ...path,
      'configs',
      index,
    ]);
  });
  for (const model of Object.keys(service.models ?? {})) {
    if (own(project.models, model) !== undefined) continue;
    undefinedResource('undefined-model', 'model', 'models', model, [...path, 'models', model]);
  }
}

function checkNetworks(name: string, service: Service, context: ConsistencyContext): void {
  const path = ['services', name];
  const networks = Object.keys(service.networks ?? {});
  if (service.network_mode !== undefined && networks.length > 0) {
    const message = '"network_mode" and "networks" exclude each other. Remove one of them.';
    reportPath(context, 'exclusive-network-mode', [...path, 'network_mode'], message, { atKey: true });
  }
  for (const network of networks) {
    if (own(context.project.networks, network) !== undefined) continue;
    const message = `The service "${name}" joins the network "${network}", which is not declared. Add it under "networks".`;
    reportPath(context, 'undefined-network', [...path, 'networks', network], message, {
      atKey: true,
      data: { section: 'networks', name: network },
    });
  }
}

function checkDependencies(name: string, service: Service, context: ConsistencyContext): void {
  const { project, disabled } = context;
  for (const [dependency, { required }] of Object.entries(service.depends_on ?? {})) {
    if (own(project.services, dependency) !== undefined) continue;
    const path = ['services', name, 'depends_on', dependency];
    const profiles = own(disabled, dependency)?.profiles;
    // A dependency that follows from another value is shown there.
    const atKey = nodeAt(context.tree, path)?.implied !== true;
    if (profiles === undefined) {
      const message = `The service "${name}" depends on "${dependency}", which does not exist.`;
      reportPath(context, 'undefined-dependency', path, message, { atKey });
    } else if (required === true) {
      const list = profiles.map((profile) => `"${profile}"`).join(', ');
      const message = `The service "${name}" needs "${dependency}", which is disabled. Enable it with the profile ${list}, or set "required: false".`;
      reportPath(context, 'disabled-dependency', path, message, { atKey, data: { profiles } });
    }
  }
  const mode = service.network_mode ?? '';
  const target = mode.startsWith('service:') ? mode.slice('service:'.length) : undefined;
  if (target === undefined || own(service.depends_on, target) !== undefined) return;
  if (own(project.services, target) !== undefined) return;
  const message = `There is no service "${target}" to share the network of.`;
  reportPath(context, 'undefined-network-mode-service', ['services', name, 'network_mode'], message);
}
