import { later } from '../shared/command-handler.ts';
import { StatsCommands } from './stats-command-ids.ts';

export const statsHandlers = {
  [StatsCommands.stats]: later(async () => (await import('./stats-command.ts')).statsCommand),
};
