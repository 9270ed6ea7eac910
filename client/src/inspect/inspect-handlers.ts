import { later } from '../shared/command-handler.ts';
import { InspectCommands } from './inspect-command-ids.ts';

export const inspectHandlers = {
  [InspectCommands.inspect]: later(async () => (await import('./inspect-command.ts')).inspectCommand),
};
