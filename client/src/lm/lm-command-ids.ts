export const LmCommands = {
  addToChat: 'composure.addToChat',
} as const;
