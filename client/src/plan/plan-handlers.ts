import type { ExtensionScope } from '../workspace/contexts.ts';
import { PlanCommands } from './plan-command-ids.ts';

export const planHandlers = {
  [PlanCommands.applyPlan]: async (workbench: ExtensionScope) =>
    (await import('./plan-editor.ts')).answerPlan(workbench, 'apply'),
  [PlanCommands.cancelPlan]: async (workbench: ExtensionScope) =>
    (await import('./plan-editor.ts')).answerPlan(workbench, 'cancel'),
};
