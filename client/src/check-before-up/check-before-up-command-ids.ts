export const CheckBeforeUpCommands = {
  checkBeforeUp: 'composure.checkBeforeUp',
} as const;
