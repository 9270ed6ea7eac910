import type { PreStartStep, Service } from '#compose/model/project.ts';
import { EngineError } from '../../api/engine-error.ts';
import { say } from '../../api/message.ts';
import { contentOf } from '../../project/file-object-content.ts';
import { containerName } from '../../project/names.ts';
import { resolveReferences } from '../../project/service-references.ts';
import { containerSpec } from '../requests/container-request.ts';
import { stepSpec } from '../requests/step-request.ts';
import { type Context, firstContainerOf } from './reconcile-context.ts';

/**
 * Rejects, before anything is touched, what cannot be done for a service that needs a container: by name, with what it would take.
 * Adds warnings for what is done another way.
 */
export function refuseUnsupported(context: Context, name: string, service: Service): void {
  if (service.provider !== undefined) {
    throw new EngineError(
      'unsupported',
      say`services.${name}.provider: services run by a provider (${service.provider.type}) are not supported`,
      { subject: name },
    );
  }
  const finalName = containerName(context.desired.project.name, name, service, 1);
  const draft = containerSpec(
    {
      project: context.desired.project,
      serviceName: name,
      service: resolveReferences(service, firstContainerOf(context), 'keep'),
      number: 1,
      name: finalName,
      finalName,
      configHash: '',
      imageDigest: undefined,
      origin: context.desired.origin,
      links: [],
    },
    context.world.info,
    context.desired.readText,
  );
  context.warnings.push(...draft.warnings.map((said) => ({ kind: 'request', said }) as const));
  refuseCopies(context, name, service);
  for (const step of service.pre_start ?? []) refuseStep(context, name, service, step);
}

function refuseStep(context: Context, name: string, service: Service, step: PreStartStep): void {
  const { world, desired } = context;
  const { service: settings } = stepSpec(desired, name, service, step, {
    mountsOf: '',
    containerOf: firstContainerOf(context),
    missing: 'keep',
    info: world.info,
  });
  refuseCopies(context, name, settings);
}

/** Secrets and configs that are not files are copied into the container, which a read-only one does not allow. */
function refuseCopies(context: Context, name: string, service: Service): void {
  for (const kind of ['secret', 'config'] as const) {
    for (const reference of (kind === 'secret' ? service.secrets : service.configs) ?? []) {
      const { secrets, configs } = context.desired.project;
      const object = (kind === 'secret' ? secrets : configs)?.[reference.source];
      if (object === undefined || object.file !== undefined) continue;
      contentOf(kind, object, context.desired.environment);
      if (service.read_only === true) {
        throw new EngineError(
          'unsupported',
          say`cannot create ${kind} "${object.name}" in read-only service ${name}: \`file\` is the sole supported option`,
          { subject: name },
        );
      }
    }
  }
}
