import { EngineError } from '../../api/engine-error.ts';
import type { ContainerSummary } from '../../api/engine-objects.ts';
import { type Message, say } from '../../api/message.ts';
import { isOneOff, label } from '../../project/labels.ts';
import type { Context } from './reconcile-context.ts';

export type NameState =
  | { readonly kind: 'free'; readonly after: readonly number[] }
  | { readonly kind: 'taken'; readonly holder: ContainerSummary };

/** Whether a name can be had, and after which steps. `own`: a container that has it and is being dealt with already. */
export function nameState(context: Context, name: string, own?: ContainerSummary): NameState {
  const holder = context.names.get(name);
  if (holder === undefined || holder.id === own?.id) return { kind: 'free', after: [] };
  const gone = goneAfter(context, holder.id);
  return gone === undefined ? { kind: 'taken', holder } : { kind: 'free', after: [gone] };
}

/** The step after which a container has gone, if the plan removes it. */
export function goneAfter(context: Context, id: string): number | undefined {
  return context.removals.get(id) ?? context.replaced.get(id);
}

/** Steps that make what is to take a container's name: the container stays until they have succeeded. */
export function claimantsOf(context: Context, id: string): readonly number[] {
  return context.claims.flatMap(({ holder, container }) =>
    holder.id === id && container.kind === 'created' ? [container.node] : [],
  );
}

/** Gives out the names that were waited for. Rejects when someone keeps a name that is needed: before anything has been done. */
export function settleNames(context: Context): void {
  for (const { name, service, holder, container, cause, after, group, optional } of context.claims) {
    const gone = goneAfter(context, holder.id);
    if (gone === undefined) {
      if (optional) continue;
      throw new EngineError('conflict', conflictMessage(context, service, name, holder), { subject: name });
    }
    const renamed = context.plan.add(
      { kind: 'rename-container', container, name },
      cause,
      [...after, gone],
      group === undefined ? {} : { group },
    );
    context.replicas.set(
      service,
      (context.replicas.get(service) ?? []).map((replica) =>
        replica.container === container ? { ...replica, after: [...replica.after, renamed] } : replica,
      ),
    );
  }
}

function conflictMessage(
  { desired, world }: Context,
  service: string,
  name: string,
  { id, labels }: ContainerSummary,
): Message {
  const project = labels[label.project];
  const other = labels[label.service] ?? '';
  if (project === undefined)
    return say`service "${service}" needs the container name "${name}", which a container has that is not of Compose (${id.slice(0, 12)}): remove or rename that container, or give the service another container_name`;
  if (project !== world.observed.project)
    return say`service "${service}" needs the container name "${name}", which a container of project "${project}" has (service "${other}"): take that project down, or give the service another container_name`;
  if (isOneOff(labels))
    return say`service "${service}" needs the container name "${name}", which a one-off container of service "${other}" has: remove that container`;
  return desired.declared.has(other)
    ? say`service "${service}" needs the container name "${name}", which a container of service "${other}" has and keeps: bring up both, or give one of the two another container_name`
    : say`service "${service}" needs the container name "${name}", which a container of service "${other}" has that is no longer in the files: remove orphans (--remove-orphans), or give one of the two another container_name`;
}
