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
        'There is no {0}. Install kubectl (kubernetes.io/docs/tasks/tools), or say where it is: composure.kubernetes.kubectl.',
        program,
      );
    case 'no-context':
      return t('kubectl knows no cluster: "kubectl config use-context NAME" chooses one.');
    case 'silent':
      return t('No cluster answers at {0}: {1}', cluster.context, cluster.reason);
  }
}
