import { later } from '../shared/command-handler.ts';
import { LmCommands } from './lm-command-ids.ts';

export const lmHandlers = {
  [LmCommands.addToChat]: later(async () => (await import('./add-to-chat-command.ts')).addToChat),
};
