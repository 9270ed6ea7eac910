import { PlanCommands } from './plan-command-ids.ts';

export const planHandlers = {
  [PlanCommands.applyPlan]: async () => (await import('./plan-editor.ts')).answerPlan('apply'),
  [PlanCommands.cancelPlan]: async () => (await import('./plan-editor.ts')).answerPlan('cancel'),
};
