import type { Service } from '../../model/project.ts';
import { type ConsistencyContext, reportPath } from './consistency-context.ts';
import { phrase } from '../../problem/phrase.ts';

/** What can be said in two places must be said alike: scale and replicas, resource limits old and new. */
export function checkLimits(name: string, service: Service, context: ConsistencyContext): void {
  const { deploy } = service;
  const path = ['services', name];
  const distinct = (old: string, current: string) => {
    const message = phrase('distinct-values', { old, current });
    reportPath(context, 'distinct-values', [...path, old], message);
  };
  const limits = deploy?.resources?.limits;
  const reservations = deploy?.resources?.reservations;
  if (service.scale !== undefined && deploy?.replicas !== undefined && service.scale !== deploy.replicas) {
    distinct('scale', 'deploy.replicas');
  }
  if (service.cpus !== undefined && limits !== undefined && (limits.cpus ?? 0) !== service.cpus) {
    distinct('cpus', 'deploy.resources.limits.cpus');
  }
  if (service.mem_limit !== undefined && limits !== undefined && limits.memory !== service.mem_limit) {
    distinct('mem_limit', 'deploy.resources.limits.memory');
  }
  if (
    service.mem_reservation !== undefined &&
    reservations !== undefined &&
    reservations.memory !== service.mem_reservation
  ) {
    distinct('mem_reservation', 'deploy.resources.reservations.memory');
  }
  if (service.pids_limit !== undefined && limits !== undefined && (limits.pids ?? 0) !== service.pids_limit) {
    distinct('pids_limit', 'deploy.resources.limits.pids');
  }
  checkScale(name, service, context);
}

function checkScale(name: string, service: Service, context: ConsistencyContext): void {
  const replicas = service.deploy?.replicas;
  const inDeploy = ['services', name, 'deploy', 'replicas'];
  const message = phrase('negative-scale');
  if (service.scale !== undefined && service.scale < 0) {
    reportPath(context, 'negative-scale', ['services', name, 'scale'], message);
  }
  if (replicas !== undefined && replicas < 0) reportPath(context, 'negative-scale', inDeploy, message);
  const scale = service.scale ?? replicas ?? 1;
  if (scale <= 1 || service.container_name === undefined) return;
  reportPath(
    context,
    'scaled-container-name',
    ['services', name, 'container_name'],
    phrase('scaled-container-name', { scale, name: service.container_name }),
  );
}
