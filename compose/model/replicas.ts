import type { Service } from './project.ts';

/** How many containers Docker Compose makes of a service (specification: `scale`, `deploy.replicas`). */
export function replicasOf({ scale, deploy }: Service): number {
  return scale ?? deploy?.replicas ?? 1;
}
