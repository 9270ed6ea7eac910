import type { Service } from '../../model/project.ts';
import { nodeAt } from '../../syntax/edit.ts';

import { type ConsistencyContext, own, reportPath } from './consistency-context.ts';
import { phrase } from '../../problem/phrase.ts';

/** Everything a service names must be declared. */
export function checkReferences(name: string, service: Service, context: ConsistencyContext): void {
  checkNetworks(name, service, context);
  checkDependencies(name, service, context);
  const { project } = context;
  const path = ['services', name];
  const undefinedResource = (
    code: 'undefined-volume' | 'undefined-secret' | 'undefined-config' | 'undefined-model',
    section: string,
    key: string,
    at: (string | number)[],
  ) =>
    reportPath(context, code, at, phrase(code, { service: name, name: key, section }), {
      data: { section, name: key },
    });
  (service.volumes ?? []).forEach((mount, index) => {
    if (mount.type !== 'volume' || mount.source === undefined) return;
    if (own(project.volumes, mount.source) !== undefined) return;
    undefinedResource('undefined-volume', 'volumes', mount.source, [...path, 'volumes', index]);
  });
  (service.build?.secrets ?? []).forEach((secret, index) => {
    if (own(project.secrets, secret.source ?? '') !== undefined) return;
    undefinedResource('undefined-secret', 'secrets', secret.source ?? '', [
      ...path,
      'build',
      'secrets',
      index,
    ]);
  });
  (service.secrets ?? []).forEach((secret, index) => {
    if (own(project.secrets, secret.source ?? '') !== undefined) return;
    undefinedResource('undefined-secret', 'secrets', secret.source ?? '', [...path, 'secrets', index]);
  });
  (service.configs ?? []).forEach((config, index) => {
    if (own(project.configs, config.source ?? '') !== undefined) return;
    undefinedResource('undefined-config', 'configs', config.source ?? '', [...path, 'configs', index]);
  });
  for (const model of Object.keys(service.models ?? {})) {
    if (own(project.models, model) !== undefined) continue;
    undefinedResource('undefined-model', 'models', model, [...path, 'models', model]);
  }
}

function checkNetworks(name: string, service: Service, context: ConsistencyContext): void {
  const path = ['services', name];
  const networks = Object.keys(service.networks ?? {});
  if (service.network_mode !== undefined && networks.length > 0) {
    const message = phrase('exclusive-network-mode');
    reportPath(context, 'exclusive-network-mode', [...path, 'network_mode'], message, { atKey: true });
  }
  for (const network of networks) {
    if (own(context.project.networks, network) !== undefined) continue;
    const message = phrase('undefined-network', { name, network });
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
      const message = phrase('undefined-dependency', { name, dependency });
      reportPath(context, 'undefined-dependency', path, message, { atKey });
    } else if (required === true) {
      const list = profiles.map((profile) => `"${profile}"`).join(', ');
      const message = phrase('disabled-dependency', { name, dependency, profiles: list });
      reportPath(context, 'disabled-dependency', path, message, { atKey, data: { profiles } });
    }
  }
  const mode = service.network_mode ?? '';
  const target = mode.startsWith('service:') ? mode.slice('service:'.length) : undefined;
  if (target === undefined || own(service.depends_on, target) !== undefined) return;
  if (own(project.services, target) !== undefined) return;
  const message = phrase('undefined-network-mode-service', { service: target });
  reportPath(context, 'undefined-network-mode-service', ['services', name, 'network_mode'], message);
}
