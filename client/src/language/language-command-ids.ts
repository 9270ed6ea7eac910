export const LanguageCommands = {
  showOutput: 'composure.showOutput',
  restartLanguageServer: 'composure.restartLanguageServer',
} as const;
