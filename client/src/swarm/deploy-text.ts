import type { Unsupported } from '#compose/check/swarm/attributes.ts';
import type { ProgressEvent } from '#engine/observe/progress.ts';
import type { ServiceChanges } from '#engine/swarm/service-changes.ts';
import type { StackRequest } from '#engine/swarm/stack.ts';
import type { Translate } from '../shared/translate.ts';

// What is said of the steps of a deploy. It knows no VS Code.

/** What is asked before a deploy. */
export interface DeployQuestion {
  readonly detail: string;
  readonly deploy: string;
  /** Only where services run that are no longer in the files. */
  readonly deployAndRemove: string | undefined;
}

/** `steps`: of a deploy that removes what is gone from the files. `unsupported`: what Swarm leaves out. */
export function deployQuestion(
  steps: readonly StackRequest[],
  unsupported: readonly Pick<Unsupported, 'path' | 'instead'>[],
  t: Translate,
): DeployQuestion {
  const gone = steps.flatMap((step) => (step.kind === 'remove-service' ? [step.name] : [])).join(', ');
  const leftOut = unsupported.map(({ path, instead }) =>
    instead === undefined ? path : t('{0} (Swarm has {1})', path, instead),
  );
  return {
    detail: [
      ...steps.flatMap((step) => stepText(step, t) ?? []),
      ...(gone === '' ? [] : ['', t('No longer in the files, but still running: {0}', gone)]),
      ...(leftOut.length === 0 ? [] : ['', t('Skipped, because Swarm does not support it:'), ...leftOut]),
    ].join('\n'),
    deploy: t('Deploy'),
    deployAndRemove: gone === '' ? undefined : t('Deploy and Remove {0}', gone),
  };
}

function stepText(step: StackRequest, t: Translate): string | undefined {
  switch (step.kind) {
    case 'create-network':
      return t('Create the network {0}', step.name);
    case 'create-file':
      return step.file === 'secret'
        ? t('Create the secret {0}', step.name)
        : t('Create the config {0}', step.name);
    case 'create-service':
      return t('Create the service {0}', step.name);
    case 'update-service':
      return updateText(step.name, step.changes, t);
    default:
      return undefined;
  }
}

/** In which attributes it is updated, and what becomes of its tasks. */
function updateText(name: string, { fields, replacesTasks }: ServiceChanges, t: Translate): string {
  if (fields.length === 0) return t('The service {0} stays as it is', name);
  return replacesTasks
    ? t('Update the service {0}: {1} (its tasks are replaced)', name, fields.join(', '))
    : t('Update the service {0}: {1} (its tasks go on)', name, fields.join(', '));
}

/** A step as progress; `undefined`: it changes nothing that one sees. */
export function stepProgress(step: StackRequest): ProgressEvent | undefined {
  switch (step.kind) {
    case 'create-network':
      return { kind: 'network', name: step.name, status: 'Created' };
    case 'create-file':
      return { kind: step.file, name: step.name, status: 'Created' };
    case 'create-service':
      return { kind: 'service', name: step.name, status: 'Created' };
    case 'update-service':
      return { kind: 'service', name: step.name, status: 'Recreated' };
    case 'remove-service':
      return { kind: 'service', name: step.name, status: 'Removed' };
    default:
      return undefined;
  }
}
