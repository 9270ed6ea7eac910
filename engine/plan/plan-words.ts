import { type Message, say } from '../api/message.ts';
import type { AskedFor, Cause, Loss } from './cause.ts';
import type { Operation } from './plan.ts';
import type { PlanWarning } from './plan-warning.ts';
import type { ChangedVolume } from './reconcile/reconcile-volumes.ts';

/** The words of a plan, for all who show one: command line, editor, notifications, transcripts and tests. */

/** One step as a phrase. */
export function operationMessage(operation: Operation): Message {
  switch (operation.kind) {
    case 'pull-image':
      return operation.platform === undefined
        ? say`pull image ${operation.reference}`
        : say`pull image ${operation.reference} for ${operation.platform}`;
    case 'remove-image':
      return say`remove image ${operation.reference}`;
    case 'create-network':
      return say`create network ${operation.name}`;
    case 'remove-network':
      return say`remove network ${operation.name}`;
    case 'create-volume':
      return say`create volume ${operation.name}`;
    case 'remove-volume':
      return say`remove volume ${operation.name}`;
    case 'disconnect-network':
      return say`disconnect container ${operation.container.name} from network ${operation.network}`;
    case 'connect-network':
      return say`connect container ${operation.container.name} to network ${operation.network}`;
    case 'create-container':
      return operation.aside === true
        ? say`create container ${operation.finalName} under no name of its service`
        : say`create container ${operation.finalName}`;
    case 'rename-container':
      // A container that replaces another is made under a name of its own, of which nobody hears.
      return operation.name === operation.container.name
        ? say`give container ${operation.name} its name`
        : say`rename container ${operation.container.name} to ${operation.name}`;
    case 'remove-container':
      return operation.volumes
        ? say`remove container ${operation.container.name} with its anonymous volumes`
        : say`remove container ${operation.container.name}`;
    case 'start-container':
      return say`start container ${operation.container.name}`;
    case 'stop-container':
      return say`stop container ${operation.container.name}`;
    case 'restart-container':
      return say`restart container ${operation.container.name}`;
    case 'kill-container':
      return operation.signal === undefined
        ? say`kill container ${operation.container.name}`
        : say`kill container ${operation.container.name} with ${operation.signal}`;
    case 'pause-container':
      return say`pause container ${operation.container.name}`;
    case 'unpause-container':
      return say`unpause container ${operation.container.name}`;
    case 'copy-file':
      return operation.what === 'secret'
        ? say`copy a secret to ${operation.target} in ${operation.container.name}`
        : say`copy a config to ${operation.target} in ${operation.container.name}`;
    case 'run-hook': {
      const hook = `${operation.phase}[${operation.index}]`;
      return say`run ${hook} of ${operation.container.service} for ${operation.container.name}`;
    }
    case 'wait':
      return waitMessage(operation);
  }
}

function waitMessage({ service, condition, stays }: Extract<Operation, { kind: 'wait' }>): Message {
  if (stays !== undefined) return say`wait for ${service} to stay running or healthy for ${stays} s`;
  switch (condition) {
    case 'service_healthy':
      return say`wait for ${service} to be healthy`;
    case 'service_completed_successfully':
      return say`wait for ${service} to complete`;
    case 'running_or_healthy':
      return say`wait for ${service} to be running or healthy`;
  }
}

/** Why a step is done, as a clause. */
export function causeMessage(cause: Cause): Message {
  switch (cause.kind) {
    case 'not-on-engine':
      return say`it is not on the engine`;
    case 'pull-policy':
      return say`its pull policy is ${cause.policy}`;
    case 'other-platform':
      return say`the one on the engine is for ${cause.platform}`;
    case 'missing':
      return say`it does not exist yet`;
    case 'no-container':
      return say`there is no container yet`;
    case 'renamed':
      return say`it was renamed`;
    case 'config-changed':
      return cause.attributes.length === 0
        ? say`its settings changed`
        : say`its settings changed: ${cause.attributes.join(', ')}`;
    case 'image-newer':
      return say`its image is newer`;
    case 'mounted-image-newer':
      return say`an image it mounts is newer`;
    case 'mounted-volume-changed':
      return say`a volume it mounts changed`;
    case 'volume-not-mounted':
      return say`volume ${cause.volume} is not mounted`;
    case 'network-changed':
      return say`network ${cause.network} changed`;
    case 'network-renamed':
      return say`network ${cause.network} was renamed`;
    case 'network-recreated':
      return say`network ${cause.network} was recreated`;
    case 'network-not-connected':
      return say`it is not connected to network ${cause.network}`;
    case 'shares-with-recreated':
      return say`it shares with ${cause.service}, which is recreated`;
    case 'scaled':
      return say`scaled from ${cause.from} to ${cause.to}`;
    case 'orphan':
      return say`its service is not in the files`;
    case 'left-by-hook':
      return say`a hook left it behind`;
    case 'interrupted-replacement':
      return say`an earlier replacement was interrupted`;
    case 'replaced':
      return say`step ${cause.step} replaces it`;
    case 'predecessor-gone':
      return say`the old container is gone`;
    case 'dependency-recreated':
      return say`dependency ${cause.service} is recreated`;
    case 'dependency-restarted':
      return say`a dependency is restarted`;
    case 'dependency-of':
      return say`${cause.service} depends on it`;
    case 'not-running':
      return say`it is not running`;
    case 'paused':
      return say`it is paused`;
    case 'no-file':
      return cause.what === 'secret'
        ? say`secret ${cause.name} has no file`
        : say`config ${cause.name} has no file`;
    case 'hook':
      return hookMessages[cause.phase];
    case 'tried-first':
      return say`it is tried before it answers to its service's names`;
    case 'taken-back':
      return say`the deploy failed`;
    case 'project-down':
      return say`the project is being taken down`;
    case 'asked-for':
      return askedForMessages[cause.what];
  }
}

const hookMessages = {
  pre_start: say`before the service starts`,
  post_start: say`after the container has started`,
  pre_stop: say`before the container stops`,
} as const;

const askedForMessages = {
  recreation: say`recreation was requested`,
  waiting: say`wait was requested`,
  stopping: say`stop was requested`,
  restarting: say`restart was requested`,
  pausing: say`pause was requested`,
  unpausing: say`unpause was requested`,
  killing: say`kill was requested`,
  removal: say`removal was requested`,
} as const satisfies Record<AskedFor, Message>;

/** What cannot be brought back, as a sentence. */
export function lossMessage(loss: Loss): Message {
  switch (loss.kind) {
    case 'volume-data':
      return say`The data in volume ${loss.volume} is lost.`;
    case 'anonymous-volume-data':
      return say`The data in its anonymous volumes is lost.`;
    case 'anonymous-volumes-not-kept':
      return say`Its anonymous volumes will not be kept.`;
  }
}

/** Whole sentences; those that Docker Compose has too are its own. */
export function warningMessage(warning: PlanWarning): Message {
  switch (warning.kind) {
    case 'orphans':
      return say`Found orphan containers (${warning.containers.join(', ')}) for this project. If you removed or renamed this service in your compose file, you can run this command with the --remove-orphans flag to clean it up.`;
    case 'foreign-network':
      return warning.project === undefined
        ? say`a network with name ${warning.network} exists but was not created by compose. Set \`external: true\` to use an existing network`
        : say`a network with name ${warning.network} exists but was not created for project "${warning.project}". Set \`external: true\` to use an existing network`;
    case 'second-network':
      return say`network "${warning.network}" carries the compose label "${warning.key}" but does not match the compose file (using "${warning.used}"): it is left untouched, remove it if it is no longer needed`;
    case 'foreign-volume':
      return warning.owner === undefined
        ? say`volume "${warning.volume}" already exists but was not created by Docker Compose. Use \`external: true\` to use an existing volume`
        : say`volume "${warning.volume}" already exists but was created for project "${warning.owner}" (expected "${warning.project}"). Use \`external: true\` to use an existing volume`;
    case 'volume-kept':
      return say`volume "${warning.volume}" doesn't match its configuration in the compose file and is kept as it is: recreating it would lose its data`;
    case 'too-few-ports':
      return say`service "${warning.service}" is to have ${warning.wanted} containers, but only ${warning.room} can publish the host port ${warning.published}: publish a range of ports, or leave out the host port`;
    case 'nothing-to-remove':
      return say`No resource found to remove for project "${warning.project}".`;
    case 'request':
      return warning.said;
  }
}

/** Docker Compose's own question. */
export function recreateVolumeQuestion({ name }: ChangedVolume): Message {
  return say`Volume "${name}" exists but doesn't match configuration in compose file. Recreate (data will be lost)?`;
}
