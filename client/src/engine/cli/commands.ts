import type { Command } from './command.ts';

interface Entry {
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

/** Every command, in the order of the help text. Only the one that is called is loaded. */
export const commands: Readonly<Record<string, Entry>> = {
  build: { summary: 'Build or rebuild services', load: async () => (await import('./build.ts')).build },
  create: {
    summary: 'Creates containers for a service',
    load: async () => (await import('./create.ts')).create,
  },
  down: {
    summary: 'Stop and remove containers, networks',
    load: async () => (await import('./down.ts')).down,
  },
  events: {
    summary: 'Receive real time events from containers',
    load: async () => (await import('./events.ts')).events,
  },
  exec: {
    summary: 'Execute a command in a running container',
    load: async () => (await import('./exec.ts')).exec,
  },
  kill: { summary: 'Force stop service containers', load: async () => (await import('./kill.ts')).kill },
  logs: { summary: 'View output from containers', load: async () => (await import('./logs.ts')).logs },
  ls: { summary: 'List running compose projects', load: async () => (await import('./ls.ts')).ls },
  pause: { summary: 'Pause services', load: async () => (await import('./pause.ts')).pause },
  plan: { summary: 'Show what up or down would do', load: async () => (await import('./plan.ts')).plan },
  ps: { summary: 'List containers', load: async () => (await import('./ps.ts')).ps },
  pull: { summary: 'Pull service images', load: async () => (await import('./pull.ts')).pull },
  push: { summary: 'Push service images', load: async () => (await import('./push.ts')).push },
  restart: {
    summary: 'Restart service containers',
    load: async () => (await import('./restart.ts')).restart,
  },
  rm: { summary: 'Removes stopped service containers', load: async () => (await import('./rm.ts')).rm },
  run: {
    summary: 'Run a one-off command on a service',
    load: async () => (await import('./run-service.ts')).runService,
  },
  scale: { summary: 'Scale services', load: async () => (await import('./scale.ts')).scale },
  start: { summary: 'Start services', load: async () => (await import('./start.ts')).start },
  stop: { summary: 'Stop services', load: async () => (await import('./stop.ts')).stop },
  unpause: { summary: 'Unpause services', load: async () => (await import('./unpause.ts')).unpause },
  up: { summary: 'Create and start containers', load: async () => (await import('./up.ts')).up },
  version: {
    summary: 'Show the version information',
    load: async () => (await import('./version.ts')).version,
  },
};
