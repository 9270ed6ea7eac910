import { later } from '../shared/command-handler.ts';
import { SwarmCommands } from './swarm-command-ids.ts';

export const swarmHandlers = {
  [SwarmCommands.swarmDeploy]: later(async () => (await import('./stack-commands.ts')).deployStackCommand),
  [SwarmCommands.swarmInit]: later(async () => (await import('./swarm-commands.ts')).initSwarmCommand),
  [SwarmCommands.swarmJoinToken]: later(async () => (await import('./swarm-commands.ts')).joinTokenCommand),
  [SwarmCommands.swarmLeave]: later(async () => (await import('./swarm-commands.ts')).leaveSwarmCommand),
  [SwarmCommands.swarmNodes]: later(async () => (await import('./node-commands.ts')).manageNodesCommand),
  [SwarmCommands.swarmRemoveStack]: later(
    async () => (await import('./stack-commands.ts')).removeStackCommand,
  ),
  [SwarmCommands.swarmScale]: later(
    async () => (await import('./service-commands.ts')).scaleSwarmServiceCommand,
  ),
  [SwarmCommands.swarmUpdateImage]: later(
    async () => (await import('./service-commands.ts')).updateSwarmImageCommand,
  ),
  [SwarmCommands.swarmRollBack]: later(
    async () => (await import('./service-commands.ts')).rollBackSwarmServiceCommand,
  ),
  [SwarmCommands.swarmRestartTasks]: later(
    async () => (await import('./service-commands.ts')).restartSwarmTasksCommand,
  ),
  [SwarmCommands.swarmLogs]: later(async () => (await import('./service-commands.ts')).swarmLogsCommand),
};
