export const DebugCommands = {
  attachDebugger: 'composure.attachDebugger',
  restartUnderDebugger: 'composure.restartUnderDebugger',
  copyLaunchJson: 'composure.copyLaunchJson',
} as const;
