import type { Dependency } from '#compose/model/project.ts';
import { recordOf } from '#compose/values/record.ts';

/** Docker Compose's own labels: what makes its `ps`, `logs` and `down` see a stack made here, and the other way round. */
export const label = {
  project: 'com.docker.compose.project',
  service: 'com.docker.compose.service',
  version: 'com.docker.compose.version',
  workingDirectory: 'com.docker.compose.project.working_dir',
  configFiles: 'com.docker.compose.project.config_files',
  environmentFile: 'com.docker.compose.project.environment_file',
  oneOff: 'com.docker.compose.oneoff',
  slug: 'com.docker.compose.slug',
  configHash: 'com.docker.compose.config-hash',
  containerNumber: 'com.docker.compose.container-number',
  dependsOn: 'com.docker.compose.depends_on',
  imageDigest: 'com.docker.compose.image',
  imageMountDigests: 'com.docker.compose.image-volume-digest',
  replace: 'com.docker.compose.replace',
  network: 'com.docker.compose.network',
  volume: 'com.docker.compose.volume',
  hook: 'com.docker.compose.hook',
} as const;

/** The Docker Compose release whose labels, names and hashes are written. */
export const composeVersion = '5.0.0';

export type Labels = Readonly<Record<string, string>>;

/** `db:service_healthy:false,cache:service_started:true`: the third part says whether a restart of the dependency restarts this service. */
export function dependsOnLabel(dependencies: Readonly<Record<string, Dependency>> | undefined): string {
  return Object.entries(dependencies ?? {})
    .map(([name, dependency]) => `${name}:${dependency.condition}:${dependency.restart === true}`)
    .join(',');
}

/** The reverse of {@link dependsOnLabel}. Labels of old releases hold names only: such a dependency restarts its dependents. */
export function parseDependsOnLabel(text: string | undefined): Readonly<Record<string, Dependency>> {
  const dependencies: Record<string, Dependency> = recordOf();
  for (const part of (text ?? '').split(',')) {
    const [name, condition, restart] = part.split(':');
    if (name === undefined || name === '') continue;
    dependencies[name] = {
      condition: isCondition(condition) ? condition : 'service_started',
      restart: restart === undefined || restart === 'true',
      required: true,
    };
  }
  return dependencies;
}

export function isOneOff(labels: Labels): boolean {
  return labels[label.oneOff] === 'True';
}

/** 0 for a container that has none (one-off containers). */
export function containerNumber(labels: Labels): number {
  const number = Number(labels[label.containerNumber]);
  return Number.isInteger(number) ? number : 0;
}

function isCondition(text: string | undefined): text is Dependency['condition'] {
  return (
    text === 'service_started' || text === 'service_healthy' || text === 'service_completed_successfully'
  );
}
