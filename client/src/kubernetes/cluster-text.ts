import type { Translate } from '../shared/translate.ts';
import type { Cluster } from './kubectl.ts';

/** Why nothing can be applied. `undefined`: nothing needs to be said, as the user ended the search. `program`: what was looked for. */
export function clusterProblem(
  cluster: Exclude<Cluster, { readonly kind: 'ready' }>,
  program: string,
  t: Translate,
): string | undefined {
  switch (cluster.kind) {
    case 'cancelled':
      return undefined;
    case 'missing':
      return t(
        '{0} was not found. Install kubectl (kubernetes.io/docs/tasks/tools), or set its path in composure.kubernetes.kubectl.',
        program,
      );
    case 'no-context':
      return t('kubectl has no current cluster. Choose one with "kubectl config use-context NAME".');
    case 'silent':
      return t('No cluster is responding at {0}: {1}', cluster.context, cluster.reason);
  }
}
