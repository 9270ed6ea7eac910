import { own } from './validate/consistency-context.ts';
import { containerSettings } from '../model/container-settings.ts';
import type { Project, Service } from '../model/project.ts';
import { mergedRecord, recordOf } from '../values/record.ts';

export type Services = Readonly<Record<string, Service>>;

/** The services of a project, told apart by whether an active profile enables them. */
export interface Selection {
  readonly enabled: Services;
  readonly disabled: Services;
}

/** A service without profiles is always enabled; `*` enables all. */
export function byProfiles(services: Services, profiles: readonly string[]): Selection {
  const isEnabled = (service: Service) =>
    service.profiles === undefined ||
    profiles.includes('*') ||
    service.profiles.some((profile) => profiles.includes(profile));
  return split(services, (_, service) => isEnabled(service));
}

/** The profiles that are active once these services are asked for: naming a disabled service activates its profiles. */
export function activatedProfiles(
  selection: Selection,
  names: readonly string[],
  profiles: readonly string[],
): readonly string[] {
  return [...profiles, ...names.flatMap((name) => own(selection.disabled, name)?.profiles ?? [])];
}

/** Only these services and what they depend on; `missing` names what does not exist. Names may have wildcards. */
export function withDependencies(
  selection: Selection,
  names: readonly string[],
): { readonly selection: Selection; readonly missing: readonly string[] } {
  const wanted = new Set<string>();
  const missing: string[] = [];
  const asked = names.map((pattern) => ({ pattern, required: true }));
  for (let next = asked.pop(); next !== undefined; next = asked.pop()) {
    const matches = matching(next.pattern, selection.enabled);
    if (matches.length === 0 && next.required) missing.push(next.pattern);
    for (const name of matches) {
      if (wanted.has(name)) continue;
      wanted.add(name);
      const dependencies = Object.entries(own(selection.enabled, name)?.depends_on ?? {});
      asked.push(
        ...dependencies.map(([pattern, { required }]) => ({ pattern, required: required === true })),
      );
    }
  }
  const { enabled, disabled } = split(selection.enabled, (name) => wanted.has(name));
  const trimmed = mapServices(enabled, (service) => withoutDependencies(service, wanted));
  return { selection: { enabled: trimmed, disabled: mergedRecord(selection.disabled, disabled) }, missing };
}

/** A project without the networks, volumes, secrets, configs and models that no service uses. */
export function withoutUnusedResources(project: Project): Project {
  const services = Object.values(project.services);
  const containers = services.flatMap(containerSettings);
  const networks = containers.flatMap((container) => Object.keys(container.networks ?? {}));
  const volumes = containers.flatMap((container) =>
    (container.volumes ?? []).flatMap((mount) => (mount.type === 'volume' ? (mount.source ?? []) : [])),
  );
  const secrets = [
    ...containers.flatMap((container) => container.secrets ?? []),
    ...services.flatMap((service) => service.build?.secrets ?? []),
  ].map(({ source }) => source ?? '');
  const configs = containers.flatMap((container) =>
    (container.configs ?? []).map(({ source }) => source ?? ''),
  );
  const models = containers.flatMap((container) => Object.keys(container.models ?? {}));
  const { networks: _n, volumes: _v, secrets: _s, configs: _c, models: _m, ...rest } = project;
  return {
    ...rest,
    ...kept('networks', project.networks, networks),
    ...kept('volumes', project.volumes, volumes),
    ...kept('secrets', project.secrets, secrets),
    ...kept('configs', project.configs, configs),
    ...kept('models', project.models, models),
  };
}

function kept<K extends string, T>(
  section: K,
  resources: Readonly<Record<string, T>> | undefined,
  used: readonly string[],
): { readonly [key in K]?: Readonly<Record<string, T>> } {
  const names = new Set(used);
  const entries = Object.entries(resources ?? {}).filter(([name]) => names.has(name));
  if (entries.length === 0) return {};
  return { [section]: recordOf(entries) } as { readonly [key in K]?: Readonly<Record<string, T>> };
}

/** All but these. */
export function without(services: Services, names: ReadonlySet<string>): Services {
  return split(services, (name) => !names.has(name)).enabled;
}

function split(services: Services, isEnabled: (name: string, service: Service) => boolean): Selection {
  const entries = Object.entries(services);
  return {
    enabled: recordOf(entries.filter(([name, service]) => isEnabled(name, service))),
    disabled: recordOf(entries.filter(([name, service]) => !isEnabled(name, service))),
  };
}

export function mapServices(
  services: Services,
  change: (service: Service, name: string) => Service,
): Services {
  return recordOf(Object.entries(services).map(([name, service]) => [name, change(service, name)]));
}

function withoutDependencies(service: Service, wanted: ReadonlySet<string>): Service {
  if (service.depends_on === undefined) return service;
  const { depends_on, ...rest } = service;
  const entries = Object.entries(depends_on).filter(([name]) => wanted.has(name));
  return entries.length === 0 ? rest : { ...service, depends_on: recordOf(entries) };
}

function matching(pattern: string, services: Services): readonly string[] {
  if (!/[*?[\\]/.test(pattern)) return Object.hasOwn(services, pattern) ? [pattern] : [];
  const expression = wildcard(pattern);
  return expression === undefined ? [] : Object.keys(services).filter((name) => expression.test(name));
}

/** `*`, `?` and `[a-z]` of shell patterns. */
function wildcard(pattern: string): RegExp | undefined {
  const source = pattern.replace(/\[\^?[^\]]*\]|\\.|[*?]|[.+^${}()|[\]\\]/g, (part) => {
    if (part === '*') return '[^/]*';
    if (part === '?') return '[^/]';
    if (part.startsWith('[') && part.length > 2) return part;
    return part.startsWith('\\') && part.length === 2 ? part : `\\${part}`;
  });
  try {
    return new RegExp(`^${source}$`, 'u');
  } catch {
    return undefined;
  }
}
