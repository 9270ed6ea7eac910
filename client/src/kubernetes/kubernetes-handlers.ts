import { later } from '../shared/command-handler.ts';
import { KubernetesCommands } from './kubernetes-command-ids.ts';

export const kubernetesHandlers = {
  [KubernetesCommands.convertKubernetes]: later(
    async () => (await import('./convert-command.ts')).convertKubernetesCommand,
  ),
  [KubernetesCommands.writeManifests]: later(async () => (await import('./review.ts')).writeManifests),
  [KubernetesCommands.discardManifests]: later(async () => (await import('./review.ts')).discardManifests),
  [KubernetesCommands.applyKubernetes]: later(
    async () => (await import('./apply-command.ts')).applyKubernetesCommand,
  ),
  [KubernetesCommands.undoKubernetes]: later(
    async () => (await import('./undo-command.ts')).undoKubernetesCommand,
  ),
};
