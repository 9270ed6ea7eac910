import type { Operation, Plan } from './plan.ts';

/**
 * A plan as text, one line a step: `3. create container app-web-1 (no container yet) after 1, 2`. A step that destroys data starts with `!`
 * and says what is lost. The same text is in previews, in transcripts and in tests.
 */
export function formatPlan(plan: Plan): string {
  const lines: string[] = [];
  for (const node of plan.nodes) {
    const after = node.after.length === 0 ? '' : ` after ${node.after.join(', ')}`;
    const destroys = node.destroys === undefined ? '' : ` DESTROYS ${node.destroys}`;
    const mark = node.destroys === undefined ? ' ' : '!';
    lines.push(`${mark} ${node.id}. ${describeOperation(node.operation)} (${node.cause})${after}${destroys}`);
  }
  if (plan.nodes.length === 0) lines.push('nothing to do');
  if (plan.upToDate.length > 0) lines.push(`up to date: ${plan.upToDate.join(', ')}`);
  for (const warning of plan.warnings) lines.push(`warning: ${warning}`);
  return lines.join('\n');
}

/** One step as a phrase. */
export function describeOperation(operation: Operation): string {
  switch (operation.kind) {
    case 'pull-image':
      return `pull image ${operation.reference}${operation.platform === undefined ? '' : ` for ${operation.platform}`}`;
    case 'remove-image':
      return `remove image ${operation.reference}`;
    case 'create-network':
    case 'remove-network':
    case 'create-volume':
    case 'remove-volume':
      return `${spaced(operation.kind)} ${operation.name}`;
    case 'disconnect-network':
      return `disconnect container ${operation.container.name} from network ${operation.network}`;
    case 'connect-network':
      return `connect container ${operation.container.name} to network ${operation.network}`;
    case 'create-container':
      return `create container ${operation.name}`;
    case 'rename-container':
      return `rename container ${operation.container.name} to ${operation.name}`;
    case 'remove-container':
      return `remove container ${operation.container.name}${operation.volumes ? ' with its anonymous volumes' : ''}`;
    case 'kill-container':
      return `kill container ${operation.container.name}${operation.signal === undefined ? '' : ` with ${operation.signal}`}`;
    case 'start-container':
    case 'stop-container':
    case 'restart-container':
    case 'pause-container':
    case 'unpause-container':
      return `${spaced(operation.kind)} ${operation.container.name}`;
    case 'copy-file':
      return `copy ${operation.what} to ${operation.target} in ${operation.container.name}`;
    case 'run-hook':
      return `run ${operation.phase}[${operation.index}] of ${operation.container.service} for ${operation.container.name}`;
    case 'wait':
      return `wait for ${operation.service} to be ${conditionWords[operation.condition]}`;
  }
}

const conditionWords = {
  service_healthy: 'healthy',
  service_completed_successfully: 'completed',
  running_or_healthy: 'running or healthy',
} as const;

function spaced(kind: string): string {
  return kind.replace('-', ' ');
}
