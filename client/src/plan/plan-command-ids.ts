export const PlanCommands = {
  applyPlan: 'composure.applyPlan',
  planRemoveOrphans: 'composure.planRemoveOrphans',
  cancelPlan: 'composure.cancelPlan',
} as const;
