import type { Service } from '#compose/model/project.ts';
import { type AttributeChange, attributeChanges } from '../attribute-changes.ts';
import { containerNumber } from '../../project/labels.ts';
import { containerName, imageName } from '../../project/names.ts';
import type { ContainerSummary } from '../../api/engine-objects.ts';
import { containerSpec } from '../requests/container-request.ts';
import type { Desired, World } from './reconcile-context.ts';

/**
 * What differs between a container and what its service asks for now; `service` has its references resolved. `undefined` when the container was
 * not looked at in full.
 */
export function configChanges(
  { project, origin, readText }: Desired,
  world: World,
  name: string,
  service: Service,
  container: ContainerSummary,
): readonly AttributeChange[] | undefined {
  const details = world.surroundings.details[container.id];
  if (details === undefined) return undefined;
  const number = containerNumber(container.labels);
  const finalName = containerName(project.name, name, service, number);
  const wanted = containerSpec(
    {
      project,
      serviceName: name,
      service,
      number,
      name: finalName,
      finalName,
      configHash: '',
      imageDigest: undefined,
      origin,
      links: [],
    },
    world.info,
    readText,
  );
  const image = world.surroundings.images[imageName(project.name, name, service)];
  return attributeChanges(wanted.spec.body, details, image?.config);
}
