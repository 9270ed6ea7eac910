import type { Command } from './command.ts';

interface Entry {
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

/** Every command, in the order of the help text. Only the one that is called is loaded. */
export const commands: Readonly<Record<string, Entry>> = {
  events: {
    summary: 'Receive real time events from containers',
    load: async () => (await import('./events.ts')).events,
  },
  exec: {
    summary: 'Execute a command in a running container',
    load: async () => (await import('./exec.ts')).exec,
  },
  logs: { summary: 'View output from containers', load: async () => (await import('./logs.ts')).logs },
  ls: { summary: 'List running compose projects', load: async () => (await import('./ls.ts')).ls },
  version: {
    summary: 'Show the version information',
    load: async () => (await import('./version.ts')).version,
  },
};
