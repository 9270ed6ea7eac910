import { stepService } from '#compose/load/step-service.ts';
import type { PreStartStep, Service } from '#compose/model/project.ts';
import type { EngineInfo } from '../../api/engine-objects.ts';
import { composeVersion, label } from '../../project/labels.ts';
import { imageName } from '../../project/names.ts';
import { type ContainerOf, resolveReferences } from '../../project/service-references.ts';
import type { Desired } from '../reconcile/reconcile-context.ts';
import { type ContainerPlan, containerSpec } from './container-request.ts';

/** What tells the containers of steps of a service from its others. */
export function stepLabels(project: string, service: string): Readonly<Record<string, string>> {
  return { [label.project]: project, [label.service]: service, [label.hook]: 'pre_start' };
}

interface StepSurroundings {
  /** The id of the container whose mounts it has. */
  readonly mountsOf: string;
  readonly containerOf: ContainerOf;
  /** See {@link resolveReferences}. */
  readonly missing?: 'throw' | 'keep';
  readonly info: EngineInfo;
}

/**
 * The body of `POST /containers/create` for a step that runs before a service starts: what the service's container would be with what the step says laid
 * over it, with the mounts of `mountsOf`, that container. It has no configuration hash, and so is none of the service's containers; and none of its names on
 * networks, for who asks for the service is not to reach a step.
 */
export function stepSpec(
  { project, readText }: Pick<Desired, 'project' | 'readText'>,
  name: string,
  service: Service,
  step: PreStartStep,
  { mountsOf, containerOf, missing = 'throw', info }: StepSurroundings,
): ContainerPlan & { readonly service: Service } {
  const resolved = resolveReferences(stepService(service, step), containerOf, missing);
  const { spec, ...rest } = containerSpec(
    {
      project,
      serviceName: name,
      service: {
        ...resolved,
        image: resolved.image ?? imageName(project.name, name, service),
        volumes_from: [...(resolved.volumes_from ?? []), mountsOf],
      },
      number: 0,
      name: '',
      finalName: '',
      aside: true,
      configHash: '',
      imageDigest: undefined,
      // Told by labels only, which a step does not have.
      origin: { workingDirectory: '', files: [], envFiles: [] },
      links: [],
      oneOff: { attachStdin: false, autoRemove: false, useAliases: false },
    },
    info,
    readText,
  );
  const labels = { ...stepLabels(project.name, name), [label.version]: composeVersion };
  return { ...rest, service: resolved, spec: { ...spec, body: { ...spec.body, Labels: labels } } };
}
