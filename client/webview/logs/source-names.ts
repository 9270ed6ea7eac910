import type { LogSource } from './protocol.ts';

/** A service, among those of all projects; it is not a container's key. */
export function serviceKey({ project, service }: Pick<LogSource, 'project' | 'service'>): string {
  return `service ${project}/${service}`;
}

export function containerKey({ project, name }: Pick<LogSource, 'project' | 'name'>): string {
  return `container ${project}/${name}`;
}

/** A service or container, as people read it: with its project where several are shown. */
export function nameWithProject(project: string, name: string, severalProjects: boolean): string {
  return severalProjects ? `${project} · ${name}` : name;
}
