import type { Command } from './frame/command.ts';

interface Entry {
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

/** Every command, in the order of the help text. Only the one that is called is loaded. */
export const commands: Readonly<Record<string, Entry>> = {
  alpha: {
    summary: 'Experimental commands: generate, publish, viz',
    load: async () => (await import('./commands/alpha.ts')).alpha,
  },
  attach: {
    summary: "Attach local standard input, output, and error streams to a service's running container",
    load: async () => (await import('./commands/attach.ts')).attach,
  },
  bridge: {
    summary: 'Convert compose files into another model: convert',
    load: async () => (await import('./commands/bridge.ts')).bridge,
  },
  build: {
    summary: 'Build or rebuild services',
    load: async () => (await import('./commands/build.ts')).build,
  },
  check: {
    summary: 'Check compose files as the editor does',
    load: async () => (await import('./check/check.ts')).check,
  },
  commit: {
    summary: "Create a new image from a service container's changes",
    load: async () => (await import('./commands/commit.ts')).commit,
  },
  config: {
    summary: 'Parse, resolve and render compose file in canonical format',
    load: async () => (await import('./commands/config.ts')).config,
  },
  convert: {
    summary: 'Convert the project to manifests of Kubernetes',
    load: async () => (await import('./commands/convert.ts')).convert,
  },
  cp: {
    summary: 'Copy files/folders between a service container and the local filesystem',
    load: async () => (await import('./commands/cp.ts')).cp,
  },
  create: {
    summary: 'Creates containers for a service',
    load: async () => (await import('./commands/create.ts')).create,
  },
  deploy: {
    summary: 'Update a project that runs, service by service, or go back',
    load: async () => (await import('./commands/deploy.ts')).deploy,
  },
  down: {
    summary: 'Stop and remove containers, networks',
    load: async () => (await import('./commands/down.ts')).down,
  },
  events: {
    summary: 'Receive real time events from containers',
    load: async () => (await import('./commands/events.ts')).events,
  },
  exec: {
    summary: 'Execute a command in a running container',
    load: async () => (await import('./commands/exec.ts')).exec,
  },
  explain: {
    summary: 'Say why a service fails, with what was seen and what to do',
    load: async () => (await import('./commands/explain.ts')).explain,
  },
  export: {
    summary: "Export a service container's filesystem as a tar archive",
    load: async () => (await import('./commands/export.ts')).exportContainer,
  },
  images: {
    summary: 'List images used by the created containers',
    load: async () => (await import('./commands/images.ts')).images,
  },
  kill: {
    summary: 'Force stop service containers',
    load: async () => (await import('./commands/kill.ts')).kill,
  },
  logs: {
    summary: 'View output from containers',
    load: async () => (await import('./commands/logs.ts')).logs,
  },
  ls: { summary: 'List running compose projects', load: async () => (await import('./commands/ls.ts')).ls },
  mcp: {
    summary: 'Serve the project to agents (Model Context Protocol on standard input and output)',
    load: async () => (await import('./mcp/mcp.ts')).mcp,
  },
  pause: { summary: 'Pause services', load: async () => (await import('./commands/pause.ts')).pause },
  plan: {
    summary: 'Show what up or down would do',
    load: async () => (await import('./commands/plan.ts')).plan,
  },
  port: {
    summary: 'Print the public port for a port binding',
    load: async () => (await import('./commands/port.ts')).port,
  },
  ps: { summary: 'List containers', load: async () => (await import('./commands/ps.ts')).ps },
  node: {
    summary: 'Manage nodes of a swarm: ls',
    load: async () => (await import('./swarm/node.ts')).node,
  },
  publish: {
    summary: 'Publish compose application',
    load: async () => (await import('./commands/publish.ts')).publish,
  },
  pull: { summary: 'Pull service images', load: async () => (await import('./commands/pull.ts')).pull },
  push: { summary: 'Push service images', load: async () => (await import('./commands/push.ts')).push },
  restart: {
    summary: 'Restart service containers',
    load: async () => (await import('./commands/restart.ts')).restart,
  },
  rm: {
    summary: 'Removes stopped service containers',
    load: async () => (await import('./commands/rm.ts')).rm,
  },
  run: {
    summary: 'Run a one-off command on a service',
    load: async () => (await import('./commands/run.ts')).runService,
  },
  scale: { summary: 'Scale services', load: async () => (await import('./commands/scale.ts')).scale },
  service: {
    summary: 'Manage services of a swarm: ls, ps, logs, scale, update, rollback, inspect',
    load: async () => (await import('./swarm/service.ts')).service,
  },
  stack: {
    summary: 'Manage stacks of a swarm: deploy, ls, ps, services, rm',
    load: async () => (await import('./swarm/stack.ts')).stack,
  },
  start: { summary: 'Start services', load: async () => (await import('./commands/start.ts')).start },
  stats: {
    summary: 'Display a live stream of container(s) resource usage statistics',
    load: async () => (await import('./commands/stats.ts')).stats,
  },
  stop: { summary: 'Stop services', load: async () => (await import('./commands/stop.ts')).stop },
  swarm: {
    summary: 'Manage a swarm: init, join, leave, join-token',
    load: async () => (await import('./swarm/swarm.ts')).swarm,
  },
  system: {
    summary: 'Remove what nothing uses: prune',
    load: async () => (await import('./commands/system.ts')).system,
  },
  top: {
    summary: 'Display the running processes',
    load: async () => (await import('./commands/top.ts')).top,
  },
  unpause: { summary: 'Unpause services', load: async () => (await import('./commands/unpause.ts')).unpause },
  up: { summary: 'Create and start containers', load: async () => (await import('./commands/up.ts')).up },
  version: {
    summary: 'Show the version information',
    load: async () => (await import('./commands/version.ts')).version,
  },
  volumes: { summary: 'List volumes', load: async () => (await import('./commands/volumes.ts')).volumes },
  wait: {
    summary: 'Block until containers of all (or specified) services stop.',
    load: async () => (await import('./commands/wait.ts')).wait,
  },
  watch: {
    summary: 'Watch build context for service and rebuild/refresh containers when files are updated',
    load: async () => (await import('./commands/watch.ts')).watch,
  },
};
