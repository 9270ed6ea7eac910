import type { ExtensionScope } from '../workspace/contexts.ts';
import { PlanCommands } from './plan-command-ids.ts';

export const planHandlers = {
  [PlanCommands.applyPlan]: async (workbench: ExtensionScope) =>
    (await import('./plan-editor.ts')).answerPlan(workbench, 'apply'),
  [PlanCommands.planRemoveOrphans]: async (workbench: ExtensionScope) =>
    (await import('./plan-editor.ts')).answerPlan(workbench, 'remove-orphans'),
  [PlanCommands.cancelPlan]: async (workbench: ExtensionScope) =>
    (await import('./plan-editor.ts')).answerPlan(workbench, 'cancel'),
};
