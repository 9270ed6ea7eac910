import type { ReadResult } from '../../host.ts';
import type { Project } from '../../model/project.ts';
import { objectNames } from './names.ts';

/** What of the compose file did not go over, or not as it stands there. */
export interface Remark {
  /** `services.web.ports[0].host_ip` */
  readonly path: string;
  /** A sentence: why, and what to do instead. */
  readonly reason: string;
}

/** What the converters of single objects share. */
export interface Scope {
  readonly project: Project;
  /** What a file or each file of a directory holds, by absolute path; see `readFiles`. */
  readonly files: ReadonlyMap<string, ReadResult | ReadonlyMap<string, ReadResult>>;
  /** Variables that secrets and configs with `environment:` take theirs from. */
  readonly environment: Readonly<Record<string, string>>;
  readonly names: ObjectNames;
  remark(path: string, reason: string): void;
}

/** Names in the cluster by names in the compose file. */
export interface ObjectNames {
  service(name: string): string;
  volume(name: string): string;
  file(section: 'secrets' | 'configs', name: string): string;
  network(name: string): string;
}

export function objectNamesOf(project: Project): ObjectNames {
  const services = objectNames(Object.keys(project.services));
  const volumes = objectNames(Object.keys(project.volumes ?? {}));
  const secrets = objectNames(Object.keys(project.secrets ?? {}));
  const configs = objectNames(Object.keys(project.configs ?? {}));
  const networks = objectNames(Object.keys(project.networks ?? {}));
  return {
    service: (name) => services.get(name) ?? name,
    volume: (name) => volumes.get(name) ?? name,
    file: (section, name) => (section === 'secrets' ? secrets : configs).get(name) ?? name,
    network: (name) => networks.get(name) ?? name,
  };
}
