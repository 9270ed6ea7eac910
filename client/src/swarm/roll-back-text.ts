import type { ServiceSpec } from '#engine/api/swarm-calls.ts';
import type { ObservedService } from '#engine/swarm/observe-swarm.ts';
import { shortImage } from '#engine/swarm/task-name.ts';

/** What a service becomes again: its image, and how many tasks where that differs. */
export function rollBackText(
  { image, wanted }: Pick<ObservedService, 'image' | 'wanted'>,
  { TaskTemplate, Mode }: ServiceSpec,
): string {
  const before = shortImage(TaskTemplate.ContainerSpec?.Image);
  const replicas = Mode?.Replicated?.Replicas;
  return [
    before === image ? image : `${image} → ${before}`,
    ...(replicas === undefined || replicas === wanted ? [] : [`${wanted} → ${replicas}`]),
  ].join('\n');
}
