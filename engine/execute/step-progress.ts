import type { Operation } from '../plan/plan.ts';
import type { ProgressEvent, ProgressStatus } from '../observe/progress.ts';

export interface StepWords {
  readonly subject: Pick<ProgressEvent, 'kind' | 'name'>;
  readonly doing: ProgressStatus;
  readonly done: ProgressStatus;
}

/** What a step is reported as; `undefined` for steps that are part of another one's story. */
export function stepWords(operation: Operation): StepWords | undefined {
  switch (operation.kind) {
    case 'create-network':
      return { subject: { kind: 'network', name: operation.name }, doing: 'Creating', done: 'Created' };
    case 'remove-network':
      return { subject: { kind: 'network', name: operation.name }, doing: 'Removing', done: 'Removed' };
    case 'create-volume':
      return { subject: { kind: 'volume', name: operation.name }, doing: 'Creating', done: 'Created' };
    case 'remove-volume':
      return { subject: { kind: 'volume', name: operation.name }, doing: 'Removing', done: 'Removed' };
    case 'remove-image':
      return { subject: { kind: 'image', name: operation.reference }, doing: 'Removing', done: 'Removed' };
    case 'create-container':
      return {
        subject: { kind: 'container', name: operation.finalName },
        doing: 'Creating',
        done: 'Created',
      };
    case 'remove-container':
      return container(operation.container.name, 'Removing', 'Removed');
    case 'start-container':
      return container(operation.container.name, 'Starting', 'Started');
    case 'stop-container':
      return container(operation.container.name, 'Stopping', 'Stopped');
    case 'restart-container':
      return container(operation.container.name, 'Restarting', 'Started');
    case 'kill-container':
      return container(operation.container.name, 'Killing', 'Killed');
    case 'pause-container':
      return container(operation.container.name, 'Paused', 'Paused');
    case 'unpause-container':
      return container(operation.container.name, 'Unpaused', 'Unpaused');
    case 'pull-image':
    case 'disconnect-network':
    case 'connect-network':
    case 'rename-container':
    case 'copy-file':
    case 'run-hook':
    case 'wait':
      return undefined;
  }
}

function container(name: string, doing: ProgressStatus, done: ProgressStatus): StepWords {
  return { subject: { kind: 'container', name }, doing, done };
}
