import { later } from '../shared/command-handler.ts';
import { IncidentsCommands } from './incidents-command-ids.ts';

export const incidentsHandlers = {
  [IncidentsCommands.explainFailure]: later(
    async () => (await import('./explain-command.ts')).explainFailureCommand,
  ),
};
