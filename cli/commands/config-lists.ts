import type { LoadedProject } from '#compose/load/request.ts';
import { serviceHash } from '#compose/model/hash.ts';
import type { Project } from '#compose/model/project.ts';
import { withDefaultPlatform } from '#engine/project/platforms.ts';
import { CommandError } from '../frame/command-error.ts';

/** Each service after those it depends on. */
export function serviceNames({ project }: LoadedProject): readonly string[] {
  const listed = new Set<string>();
  const visit = (name: string, trail: readonly string[]) => {
    if (listed.has(name) || trail.includes(name) || project.services[name] === undefined) return;
    const dependencies = Object.keys(project.services[name].depends_on ?? {}).sort();
    for (const dependency of dependencies) visit(dependency, [...trail, name]);
    listed.add(name);
  };
  for (const name of Object.keys(project.services).sort()) visit(name, []);
  return [...listed];
}

export function volumes({ project }: LoadedProject): readonly string[] {
  return Object.keys(project.volumes ?? {}).sort();
}

export function networks({ project }: LoadedProject): readonly string[] {
  return Object.keys(project.networks ?? {}).sort();
}

/** Those that enabled services use. */
export function models({ project }: LoadedProject): readonly string[] {
  const used = new Set(
    Object.values(project.services).flatMap((service) => Object.keys(service.models ?? {})),
  );
  const all = Object.entries(project.models ?? {});
  return all.flatMap(([key, { model }]) => (used.has(key) && model !== undefined ? [model] : [])).sort();
}

/** Those of all services, enabled or not. */
export function profiles({ project, disabled }: LoadedProject): readonly string[] {
  const services = [...Object.values(project.services), ...Object.values(disabled)];
  return [...new Set(services.flatMap((service) => service.profiles ?? []))].sort();
}

/** The image of each service, by the service's name, and those of its hooks. */
export function images({ project }: LoadedProject): readonly string[] {
  return sortedServices(project).flatMap(([name, { image, pre_start }]) => {
    const own = image ?? `${project.name}-${name}`;
    return [
      own,
      ...(pre_start ?? []).flatMap((hook) => ((hook.image ?? own) === own ? [] : [hook.image ?? own])),
    ];
  });
}

/** `wanted`: names with commas, or `*` for all. */
export function hashes(loaded: LoadedProject, wanted: string): readonly string[] {
  const project = withDefaultPlatform(loaded.project, loaded.environment);
  const names = wanted === '*' ? undefined : wanted.split(',');
  for (const name of names ?? []) {
    if (project.services[name] === undefined) throw new CommandError(`no such service: ${name}`);
  }
  return sortedServices(project)
    .filter(([name]) => names?.includes(name) ?? true)
    .map(([name, service]) => `${name} ${serviceHash(service)}`);
}

function sortedServices(project: Project): readonly (readonly [string, Project['services'][string]])[] {
  return Object.entries(project.services).sort(([a], [b]) => (a < b ? -1 : 1));
}
