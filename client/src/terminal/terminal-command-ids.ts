export const TerminalCommands = {
  shell: 'composure.shell',
  shellWith: 'composure.shellWith',
  images: 'composure.images',
  top: 'composure.top',
  ps: 'composure.ps',
  events: 'composure.events',
  exec: 'composure.exec',
  run: 'composure.run',
  runJob: 'composure.runJob',
  attach: 'composure.attach',
  commandLine: 'composure.commandLine',
} as const;
