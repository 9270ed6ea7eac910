// The walls: which room may import which. `npm run lint` holds them; test/scripts/walls.test.ts breaks each once.
//
// A room is a folder; its row names all the rooms that it may import besides itself. Types count as imports.

/** Rooms of `compose/`, each of which may import those before it. */
const composeRooms = [
  'problem',
  'values',
  'registry',
  'syntax',
  'template',
  'schema',
  'model',
  'load',
  'check',
  'convert',
];

/** Rooms of `engine/`, each with those that it may import. */
const engineRooms = {
  api: [],
  connect: ['api'],
  project: ['api'],
  exec: ['api'],
  logs: ['api'],
  files: ['api', 'exec'],
  observe: ['api', 'project'],
  plan: ['api', 'project', 'observe'],
  execute: ['api', 'project', 'observe', 'plan', 'files'],
  operations: ['api', 'project', 'observe', 'plan', 'execute', 'files', 'exec', 'models', 'providers'],
  'image-build': ['api', 'project', 'observe', 'files'],
  watch: ['api', 'project', 'observe', 'exec', 'files', 'image-build', 'operations'],
  publish: ['api', 'connect', 'project'],
  remote: ['api', 'connect', 'publish'],
  models: ['api', 'providers'],
  providers: ['api', 'connect', 'observe'],
  swarm: ['api', 'project', 'observe', 'plan'],
  kubernetes: ['api'],
  debug: ['api', 'exec'],
  failure: ['api', 'project', 'exec', 'logs'],
  agents: ['api', 'project', 'failure', 'kubernetes'],
};

/** Rooms of the command line. What lies in `cli/` itself puts them together. */
const cliRooms = {
  frame: [],
  commands: ['frame'],
  swarm: ['frame'],
  check: ['frame'],
  mcp: ['frame'],
};

/**
 * Who may import `node:fs` besides disk/, which alone opens files: they write, list and watch, or tell what is at a path. Which names of it they must not
 * use is in biome.json.
 */
const fileSystem = [
  // What is at a path, links and sizes, for archives and builds.
  'engine/api/buildkit/local-source.ts',
  'engine/api/buildkit/session-services.ts',
  'engine/files/archive-entries.ts',
  'engine/image-build/build-context.ts',
  'engine/connect/connect.ts',
  'engine/connect/contexts.ts',
  'engine/observe/port-program.ts',
  'client/src/kubernetes/apply-command.ts',
  'client/src/testing/test-explorer.ts',
  // Writing.
  'engine/kubernetes/output-folder.ts',
  'engine/files/staged-copy.ts',
  'engine/files/staged-files.ts',
  'engine/operations/copy.ts',
  'engine/remote/fetched-folder.ts',
  'engine/files/image-file.ts',
  'engine/files/volume-snapshot.ts',
  'engine/api/buildkit/content-store.ts',
  'engine/image-build/local-caches.ts',
  'engine/providers/kept-metadata.ts',
  // Whether a program is there.
  'engine/providers/provider-program.ts',
  'server/src/registry/disk-store.ts',
  'cli/check/check.ts',
  'cli/check/write-fixed.ts',
  'cli/commands/config.ts',
  'cli/commands/export.ts',
  'client/src/scaffold/write-files.ts',
  // Watching.
  'engine/watch/file-watch.ts',
  'engine/watch/sync-paths.ts',
  'engine/watch/watch-files.ts',
  'engine/watch/watch-rules.ts',
];

const layers = [
  {
    name: 'compose',
    may: [],
    message: 'compose/ is the pure domain: it imports nothing but itself and yaml.',
  },
  {
    name: 'disk',
    may: ['compose'],
    message: 'disk/ imports compose/ alone.',
  },
  { name: 'engine', may: ['disk', 'compose'], message: 'engine/ imports disk/ and compose/.' },
  {
    name: 'cli',
    may: ['engine', 'disk', 'compose', 'package.json', 'server/src/check'],
    message:
      'cli/ imports engine/, disk/ and compose/, and of the server what checks files without a client.',
  },
  {
    name: 'server',
    may: ['disk', 'compose'],
    message: 'server/ imports disk/ and compose/: it never reaches the Engine.',
  },
];

/** @type {(name: string, comment: string, from: object, to: object) => object} */
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** Everything of ours that lies outside of these folders. */
const outside = (...folders) => ({
  path: '^(?:compose|disk|engine|cli|server|client|test|scripts)/',
  pathNot: folders.map((folder) => `^${folder}(?:/|$)`),
});

module.exports = {
  forbidden: [
    forbid(
      'no-cycle',
      'Files import each other in a circle.',
      { pathNot: '^client/src/' },
      { circular: true },
    ),
    forbid(
      'no-orphan',
      'Nothing imports this file.',
      {
        orphan: true,
        path: '^(?:compose|disk|engine|cli|server|client)/',
        // Programs, and what is reached by a condition of package.json's `imports`.
        pathNot: ['^cli/(?:launch|mcp-program)\\.ts$', '^server/src/system/browser/'],
      },
      {},
    ),
    forbid(
      'resolvable',
      'The import leads nowhere.',
      {},
      { couldNotResolve: true, pathNot: ['^vscode$', '\\.cjs$'] },
    ),
    ...layers.map(({ name, may, message }) =>
      forbid(`${name}-imports`, message, { path: `^${name}/` }, outside(name, ...may)),
    ),
    ...composeRooms.map((room, at) =>
      forbid(
        `compose-${room}`,
        `compose/${room} imports ${composeRooms.slice(0, at).join(', ') || 'no other room'}.`,
        { path: `^compose/${room}/` },
        {
          path: '^compose/',
          pathNot: composeRooms.slice(0, at + 1).map((each) => `^compose/${each}/`),
        },
      ),
    ),
    ...Object.entries(engineRooms).map(([room, may]) =>
      forbid(
        `engine-${room}`,
        `engine/${room} imports ${may.join(', ') || 'no other room'}.`,
        { path: `^engine/${room}/` },
        { path: '^engine/', pathNot: [room, ...may].map((each) => `^engine/${each}/`) },
      ),
    ),
    ...Object.entries(cliRooms).map(([room, may]) =>
      forbid(
        `cli-${room}`,
        `cli/${room} imports ${may.join(', ') || 'no other room'}.`,
        { path: `^cli/${room}/` },
        { path: '^cli/', pathNot: [room, ...may].map((each) => `^cli/${each}/`) },
      ),
    ),
    forbid(
      'cli-check-alone',
      'cli/check alone checks files, by the server.',
      { path: '^cli/', pathNot: '^cli/check/' },
      { path: '^server/' },
    ),
    forbid(
      'client-imports',
      'The client imports engine/, disk/ and compose/, of the server protocol.ts alone.',
      { path: '^client/src/', pathNot: '^client/src/terminal/' },
      outside('client', 'engine', 'disk', 'compose', 'server/src/protocol.ts'),
    ),
    forbid(
      'client-terminal-imports',
      'client/src/terminal alone runs the command line, by its front door.',
      { path: '^client/src/terminal/' },
      outside('client', 'engine', 'disk', 'compose', 'cli/dispatch.ts', 'cli/frame'),
    ),
    forbid(
      'client-of-webview',
      'Of a page the extension knows the messages alone.',
      { path: '^client/src/' },
      { path: '^client/webview/', pathNot: '/protocol\\.ts$' },
    ),
    forbid(
      'webview-imports',
      'client/webview runs in a page and imports nothing but itself.',
      { path: '^client/webview/' },
      outside('client/webview'),
    ),
    forbid(
      'pure',
      'compose/ and client/webview/ know no Node.js.',
      { path: '^(?:compose|client/webview)/' },
      { dependencyTypes: ['core'] },
    ),
    forbid(
      'browser',
      'Where VS Code runs in a browser there is no Node, no disk and no engine: what the server has of Node is in server/src/system.',
      {
        path: '^(?:client/src/web/|client/src/language/web-|server/src/)',
        pathNot: '^server/src/(?:launch\\.ts|main\\.ts|system/node/|registry/disk-store\\.ts)',
      },
      {
        path: '^(?:disk|engine|cli)/|^(?:node:)?(?:fs|path|url|os|util|crypto|v8|child_process|timers)(?:/|$)',
      },
    ),
    forbid(
      'files-by-disk',
      'Files of a project are opened by disk/ alone: what cannot be read safely is refused there.',
      {
        path: '^(?:engine|cli|server|client)/',
        pathNot: fileSystem.map((file) => `^${file.replaceAll('.', '\\.')}$`),
      },
      { path: '^(?:node:)?fs(?:/promises)?$', dependencyTypes: ['core'] },
    ),
    forbid(
      'vscode-in-client',
      'VS Code is known in client/src alone.',
      { path: '^(?:compose|disk|engine|cli|server|client/webview)/' },
      { path: '(?:^vscode$|node_modules/(?:@types/vscode|vscode-languageclient)/)' },
    ),
    forbid(
      'lsp-in-server',
      'The Language Server Protocol is known in server/ and client/src/language alone.',
      { path: '^(?:compose|engine|cli|client)/', pathNot: '^client/src/language/' },
      { path: 'node_modules/vscode-(?:languageserver|languageclient|jsonrpc)' },
    ),
    forbid(
      'dockerode-in-api',
      'dockerode is known in engine/api alone: all else speaks through EnginePort.',
      { pathNot: '^engine/api/' },
      { path: 'node_modules/(?:dockerode|docker-modem|@types/dockerode)/' },
    ),
    forbid(
      'development-only',
      'What ships imports no development dependency.',
      { path: '^(?:compose|disk|engine|cli|server|client)/' },
      { dependencyTypes: ['npm-dev'], pathNot: 'node_modules/@types/' },
    ),
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.cjs', '.mjs', '.d.ts', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['main', 'types', 'typings'],
    },
  },
};
