import type { PreStartStep, Service } from '../../model/project.ts';
import { nodeAt } from '../../syntax/edit.ts';
import type { Path } from '../../values/path.ts';
import { type ConsistencyContext, own, reportPath } from './consistency-context.ts';
import { phrase } from '../../problem/phrase.ts';

type Container = Service | PreStartStep;

/** Everything a service names, and the steps before it starts, must be declared. */
export function checkReferences(name: string, service: Service, context: ConsistencyContext): void {
  const path = ['services', name];
  checkNetworks(name, service, path, context);
  checkDependencies(name, service, context);
  checkVolumes(name, service, path, context);
  checkFiles(name, 'secrets', service.build?.secrets, [...path, 'build'], context);
  checkFilesAndModels(name, service, path, context);
  for (const [index, step] of (service.pre_start ?? []).entries()) {
    const at = [...path, 'pre_start', index];
    checkNetworks(name, step, at, context);
    checkVolumes(name, step, at, context);
    checkFilesAndModels(name, step, at, context);
  }
}

function checkVolumes(name: string, { volumes }: Container, path: Path, context: ConsistencyContext): void {
  for (const [index, { type, source }] of (volumes ?? []).entries()) {
    if (type !== 'volume' || source === undefined) continue;
    if (own(context.project.volumes, source) !== undefined) continue;
    reportUndefined('undefined-volume', name, 'volumes', source, [...path, 'volumes', index], context);
  }
}

function checkFilesAndModels(
  name: string,
  container: Container,
  path: Path,
  context: ConsistencyContext,
): void {
  checkFiles(name, 'secrets', container.secrets, path, context);
  checkFiles(name, 'configs', container.configs, path, context);
  for (const model of Object.keys(container.models ?? {})) {
    if (own(context.project.models, model) !== undefined) continue;
    reportUndefined('undefined-model', name, 'models', model, [...path, 'models', model], context);
  }
}

function checkFiles(
  name: string,
  section: 'secrets' | 'configs',
  references: readonly { readonly source?: string }[] | undefined,
  path: Path,
  context: ConsistencyContext,
): void {
  const code = section === 'secrets' ? 'undefined-secret' : 'undefined-config';
  for (const [index, { source = '' }] of (references ?? []).entries()) {
    if (own(context.project[section], source) !== undefined) continue;
    reportUndefined(code, name, section, source, [...path, section, index], context);
  }
}

function reportUndefined(
  code: 'undefined-volume' | 'undefined-secret' | 'undefined-config' | 'undefined-model',
  service: string,
  section: string,
  name: string,
  at: Path,
  context: ConsistencyContext,
): void {
  reportPath(context, code, at, phrase(code, { service, name, section }), { data: { section, name } });
}

function checkNetworks(name: string, container: Container, path: Path, context: ConsistencyContext): void {
  const networks = Object.keys(container.networks ?? {});
  if (container.network_mode !== undefined && networks.length > 0) {
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
