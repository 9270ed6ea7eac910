import type { EngineErrorKind } from '#engine/api/engine-error.ts';
import type { Stack, StackService } from '../workspace/stacks.ts';

/** What can be done about an operation that failed. */
export type FailureAction = 'retry' | 'choose-context' | 'show-logs' | 'trust' | 'open-file' | 'show-output';

/** In the order of the buttons. What trying again cannot mend is not tried again. */
export function failureActions(
  kind: EngineErrorKind,
  { isTrusted, hasFile }: { readonly isTrusted: boolean; readonly hasFile: boolean },
): readonly FailureAction[] {
  switch (kind) {
    case 'unreachable':
      return ['retry', 'choose-context', 'show-output'];
    case 'unhealthy':
    case 'dependency-failed':
      return ['show-logs', 'retry', 'show-output'];
    case 'unsupported':
      return isTrusted ? ['show-output'] : ['trust'];
    case 'port-in-use':
    case 'pull-denied':
    case 'image-missing':
    case 'invalid':
      return hasFile ? ['retry', 'open-file', 'show-output'] : ['retry', 'show-output'];
    default:
      return ['retry', 'show-output'];
  }
}

/** The service that an error is about: by its name, or that of a container of it, or a container's id. */
export function serviceAbout(
  stack: Stack | undefined,
  subject: string | undefined,
): StackService | undefined {
  return stack?.services.find(
    ({ name, containers }) =>
      name === subject || containers.some((each) => each.name === subject || each.id === subject),
  );
}

/** Without the places that were tried and the engine's own words behind ours: they fill many lines, and are in the log. */
export function briefly(message: string): string {
  const [first = ''] = message.split('\n');
  return first.replace(/ [^.!?]*:$/, '').replace(/([.!?]) \(.{80,}\)\.?$/, '$1');
}
