import type { Operation } from '#engine/plan/plan.ts';
import type { Translate } from '../shared/translate.ts';

/** One step of a plan as a phrase. */
export function operationText(operation: Operation, t: Translate): string {
  switch (operation.kind) {
    case 'pull-image':
      return t('pull image {0}', operation.reference);
    case 'remove-image':
      return t('remove image {0}', operation.reference);
    case 'create-network':
      return t('create network {0}', operation.name);
    case 'remove-network':
      return t('remove network {0}', operation.name);
    case 'create-volume':
      return t('create volume {0}', operation.name);
    case 'remove-volume':
      return t('remove volume {0}', operation.name);
    case 'disconnect-network':
      return t('disconnect {0} from network {1}', operation.container.name, operation.network);
    case 'connect-network':
      return t('connect {0} to network {1}', operation.container.name, operation.network);
    case 'create-container':
      return t('create container {0}', operation.finalName);
    case 'rename-container':
      // The new container was made under a name of its own while the old one was still there.
      return t('give container {0} its name', operation.name);
    case 'remove-container':
      return t('remove container {0}', operation.container.name);
    case 'start-container':
      return t('start container {0}', operation.container.name);
    case 'stop-container':
      return t('stop container {0}', operation.container.name);
    case 'restart-container':
      return t('restart container {0}', operation.container.name);
    case 'kill-container':
      return t('kill container {0}', operation.container.name);
    case 'pause-container':
      return t('pause container {0}', operation.container.name);
    case 'unpause-container':
      return t('unpause container {0}', operation.container.name);
    case 'copy-file':
      return t('copy {0} to {1} in {2}', operation.what, operation.target, operation.container.name);
    case 'run-hook':
      return t('run a hook of {0} in {1}', operation.container.service, operation.container.name);
    case 'wait':
      return waitText(operation, t);
  }
}

/** Why a step is done, as the plan says it in English, in the user's language; what is not known here is left as it is. */
export function causeText(cause: string, t: Translate): string {
  for (const [pattern, translate] of causes) {
    const match = pattern.exec(cause);
    if (match !== null) return translate(t, match[1] ?? '', match[2] ?? '');
  }
  return cause;
}

function waitText({ service, condition }: Extract<Operation, { kind: 'wait' }>, t: Translate): string {
  switch (condition) {
    case 'service_healthy':
      return t('wait for {0} to be healthy', service);
    case 'service_completed_successfully':
      return t('wait for {0} to be done', service);
    case 'running_or_healthy':
      return t('wait for {0} to run', service);
  }
}

const causes: readonly (readonly [RegExp, (t: Translate, a: string, b: string) => string])[] = [
  [/^config changed: (.+)$/, (t, what) => t('its settings changed: {0}', what)],
  [/^config(?:uration)? changed$/, (t) => t('its settings changed')],
  [/^no container yet$/, (t) => t('there is no container yet')],
  [/^not found$/, (t) => t('it does not exist yet')],
  [/^not on the engine$/, (t) => t('it is not on the engine')],
  [/^image is newer$/, (t) => t('its image is newer')],
  [/^recreation was asked for$/, (t) => t('recreation was asked for')],
  [/^renamed$/, (t) => t('it was renamed')],
  [/^scaled (\d+) -> (\d+)$/, (t, from, to) => t('{1} containers instead of {0}', from, to)],
  [/^orphan: /, (t) => t('its service is not in the files')],
  [/^replaced by (\d+)$/, (t, step) => t('step {0} replaces it', step)],
  [/^it is not running$/, (t) => t('it is not running')],
  [/^it is paused$/, (t) => t('it is paused')],
  [/^the old container is gone$/, (t) => t('the old container has gone')],
  [/^a mounted volume changed$/, (t) => t('a volume it mounts changed')],
  [/^(.+) depends on it$/, (t, service) => t('{0} depends on it', service)],
  [
    /^it shares with (.+), which is recreated$/,
    (t, service) => t('it shares with {0}, which is recreated', service),
  ],
  [/^network (.+) was recreated$/, (t, network) => t('network {0} was recreated', network)],
  [/^network (.+) changed$/, (t, network) => t('network {0} changed', network)],
  [/^network (.+) was renamed$/, (t, network) => t('network {0} was renamed', network)],
  [/^not connected to network (.+)$/, (t, network) => t('it is not connected to network {0}', network)],
  [/^volume (.+) is not mounted$/, (t, volume) => t('volume {0} is not mounted', volume)],
  [/^pull policy is (.+)$/, (t, policy) => t('its pull policy is {0}', policy)],
];
