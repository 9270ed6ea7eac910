export const PlanCommands = {
  applyPlan: 'composure.applyPlan',
  cancelPlan: 'composure.cancelPlan',
} as const;
