import type { Service } from '#compose/model/project.ts';

/** `<project>-<service>-<number>`, or the service's `container_name`. */
export function containerName(
  project: string,
  serviceName: string,
  service: Service,
  number: number,
): string {
  return service.container_name ?? `${project}-${serviceName}-${number}`;
}

/** A replacement is created beside the container it replaces, under this name, and renamed once the old one is gone. */
export function replacementName(oldId: string, finalName: string): string {
  return `${oldId.slice(0, 12)}_${finalName}`;
}

/** The final name in a {@link replacementName}; `undefined` for any other name. */
export function finalNameOf(name: string): string | undefined {
  return /^[0-9a-f]{12}_(.+)$/.exec(name)?.[1];
}

/** A one-off container of `run`; `slug` is 64 hexadecimal digits. */
export function oneOffName(project: string, serviceName: string, slug: string): string {
  return `${project}-${serviceName}-run-${slug.slice(0, 12)}`;
}

/** The image a service runs: its `image`, or the name its build is given. */
export function imageName(project: string, serviceName: string, service: Service): string {
  return service.image ?? `${project}-${serviceName}`;
}

/** Names a container answers to on each of its networks. */
export function networkAliases(
  name: string,
  serviceName: string,
  aliases: readonly string[] | undefined,
): readonly string[] {
  return [name, serviceName, ...(aliases ?? [])];
}

/** In logs and messages: the name without `<project>-` where it is the default one. */
export function displayName(project: string, name: string): string {
  return name.startsWith(`${project}-`) ? name.slice(project.length + 1) : name;
}

/** A network's or volume's name without that of its project, where it begins with it. */
export function shortResourceName(project: string, name: string): string {
  return name.startsWith(`${project}_`) ? name.slice(project.length + 1) : name;
}

/** The name before the lines that a step of `pre_start` writes. */
export function stepName(service: string, index: number): string {
  return `${service} pre_start[${index}]`;
}
