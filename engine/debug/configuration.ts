import { recordOf } from '#compose/values/record.ts';
import { mainMapping, type PathMapping } from './path-mappings.ts';
import type { Process } from './processes.ts';
import type { Runtime } from './runtime.ts';

/** A debug configuration as VS Code takes it. */
export interface DebugConfiguration {
  readonly type: string;
  readonly request: 'attach' | 'launch';
  readonly name: string;
  readonly [key: string]: unknown;
}

/** The debugger of each runtime: what VS Code calls it, and the extension that brings it; absent: VS Code itself. */
export const debuggers: Readonly<
  Record<
    Runtime,
    { readonly type: string; readonly extension?: { readonly id: string; readonly name: string } }
  >
> = {
  node: { type: 'node' },
  python: { type: 'debugpy', extension: { id: 'ms-python.debugpy', name: 'Python Debugger' } },
  go: { type: 'go', extension: { id: 'golang.go', name: 'Go' } },
  java: { type: 'java', extension: { id: 'vscjava.vscode-java-debug', name: 'Debugger for Java' } },
  dotnet: { type: 'coreclr', extension: { id: 'ms-dotnettools.csharp', name: 'C#' } },
  php: { type: 'php', extension: { id: 'xdebug.php-debug', name: 'PHP Debug' } },
  ruby: { type: 'rdbg', extension: { id: 'koichisasada.vscode-rdbg', name: 'VSCode rdbg Ruby Debugger' } },
};

export interface AttachTo {
  readonly runtime: Runtime;
  readonly name: string;
  /** On 127.0.0.1 of this machine; 0 where there is none. */
  readonly port: number;
  /** For a debugger that its client starts through the docker command. */
  readonly pipe?: { readonly container: string; readonly debuggerPath: string } | undefined;
  /** The program waits for the debugger: stay at its first line, or go on. Absent: it runs. */
  readonly stopOnEntry?: boolean | undefined;
  readonly process: Process;
  readonly mappings: readonly PathMapping[];
}

/** How the runtime's own debugger attaches through the tunnel. */
export function attachConfiguration(attach: AttachTo): DebugConfiguration {
  const { runtime, name, port, pipe, process, mappings, stopOnEntry } = attach;
  const base = { type: debuggers[runtime].type, request: 'attach', name } as const;
  const host = '127.0.0.1';
  const pairs = mappings.map(({ localRoot, remoteRoot }) => ({ localRoot, remoteRoot }));
  const entry = stopOnEntry === true ? { stopOnEntry } : {};
  switch (runtime) {
    case 'node': {
      const main = mainMapping(mappings, process);
      return {
        ...base,
        address: host,
        port,
        skipFiles: ['<node_internals>/**'],
        ...(stopOnEntry === undefined ? {} : { continueOnAttach: !stopOnEntry }),
        ...(main === undefined ? {} : nodeRoots(main, mappings)),
      };
    }
    case 'python':
      return { ...base, connect: { host, port }, pathMappings: pairs, justMyCode: true, ...entry };
    case 'go':
      return {
        ...base,
        ...(stopOnEntry === undefined
          ? { mode: 'local', processId: process.pid }
          : { mode: 'remote', ...entry }),
        debugAdapter: 'dlv-dap',
        host,
        port,
        substitutePath: mappings.map(({ localRoot, remoteRoot }) => ({ from: localRoot, to: remoteRoot })),
      };
    case 'java':
      return { ...base, hostName: host, port, sourcePaths: mappings.map(({ localRoot }) => localRoot) };
    case 'dotnet':
      return {
        ...base,
        processId: String(process.pid),
        ...(pipe === undefined
          ? {}
          : {
              pipeTransport: {
                pipeProgram: 'docker',
                pipeArgs: ['exec', '-i', pipe.container],
                debuggerPath: pipe.debuggerPath,
                quoteArgs: false,
              },
            }),
        sourceFileMap: recordOf(mappings.map(({ localRoot, remoteRoot }) => [remoteRoot, localRoot])),
      };
    case 'php':
      return {
        ...base,
        request: 'launch',
        hostname: host,
        port,
        pathMappings: recordOf(mappings.map(({ localRoot, remoteRoot }) => [remoteRoot, localRoot])),
      };
    case 'ruby':
      return {
        ...base,
        debugPort: `${host}:${port}`,
        // It would stop where it is.
        nonstop: stopOnEntry !== true,
        localfsMap: mappings.map(({ localRoot, remoteRoot }) => `${remoteRoot}:${localRoot}`).join(','),
      };
  }
}

/** js-debug knows one pair of roots; paths in source maps are led from every folder of the container to its own here. */
function nodeRoots(main: PathMapping, mappings: readonly PathMapping[]): Readonly<Record<string, unknown>> {
  const { localRoot, remoteRoot } = main;
  return {
    localRoot,
    remoteRoot,
    outFiles: [`${localRoot}/**/*.(m|c|)js`, '!**/node_modules/**'],
    resolveSourceMapLocations: [`${localRoot}/**`, '!**/node_modules/**'],
    sourceMapPathOverrides: recordOf([
      ...mappings.map((each): [string, string] => [
        `${each.remoteRoot.replace(/\/$/, '')}/*`,
        `${each.localRoot}/*`,
      ]),
      // What js-debug has by itself, for the roots here.
      ['webpack:///./*', `${localRoot}/*`],
      ['webpack:///*', '*'],
      ['webpack://?:*/*', `${localRoot}/*`],
    ]),
  };
}
