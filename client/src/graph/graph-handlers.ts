import { later } from '../shared/command-handler.ts';
import { GraphCommands } from './graph-command-ids.ts';

export const graphHandlers = {
  [GraphCommands.showGraph]: later(async () => (await import('./graph-panel.ts')).showGraphCommand),
};
