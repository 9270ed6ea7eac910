import type { LoadedProject } from '#compose/load/request.ts';
import type { Deploy, Service } from '#compose/model/project.ts';
import { mergedRecord, recordOf } from '#compose/values/record.ts';
import { EngineError } from '../api/engine-error.ts';
import { say } from '../api/message.ts';
import { type Runtime, runtimeOfArguments } from './runtime.ts';

/** What an image runs by itself. */
export interface ImageCommand {
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
}

/** What has Xdebug call a debugger at each request. `XDEBUG_CONFIG` cannot say that it should: that takes the trigger. */
export function phpVariables(): Readonly<Record<string, string>> {
  return {
    XDEBUG_MODE: 'debug',
    XDEBUG_TRIGGER: 'yes',
    XDEBUG_CONFIG: `client_host=127.0.0.1 client_port=${debugPorts.php}`,
  };
}

/** The ports that are listened on, on the container's own loopback. */
export const debugPorts = { node: 9229, python: 5678, go: 2345, java: 5005, ruby: 12345, php: 9003 } as const;

export type Restartable = keyof typeof debugPorts;

export function isRestartable(runtime: Runtime): runtime is Restartable {
  return runtime in debugPorts;
}

/**
 * The project with one service started under its debugger, which the program waits for before its first line. Nothing is written anywhere: what comes out
 * goes through plan and Up like a project from files, and the next Up of the files finds the container to be another. Throws `EngineError` (`unsupported`)
 * when the command cannot be changed so.
 */
export function underDebugger(
  loaded: LoadedProject,
  name: string,
  { runtime, image }: { readonly runtime: Restartable; readonly image: ImageCommand },
): LoadedProject {
  const service = loaded.project.services[name];
  if (service === undefined)
    throw new EngineError('not-found', say`no such service: ${name}`, { subject: name });
  const changed: Service = {
    ...service,
    ...startOf(name, service, runtime, image),
    // Who stands at a breakpoint answers no probe, and is not to be restarted for it.
    healthcheck: { disable: true },
    restart: 'no',
    ...(service.deploy === undefined ? {} : { deploy: withoutRestart(service.deploy) }),
  };
  const services = mergedRecord(loaded.project.services, recordOf([[name, changed]]));
  return { ...loaded, project: { ...loaded.project, services } };
}

function withoutRestart({ restart_policy: _, ...rest }: Deploy): Deploy {
  return rest;
}

function startOf(
  name: string,
  service: Service,
  runtime: Restartable,
  image: ImageCommand,
): Partial<Pick<Service, 'entrypoint' | 'command' | 'environment'>> {
  const { entrypoint, command } = service;
  const first = entrypoint ?? image.entrypoint;
  const rest = command ?? (entrypoint === null ? image.command : []);
  const words = [...first, ...rest];
  const port = debugPorts[runtime];
  /** Only the list that has the word is changed; with an entrypoint of its own a service loses the image's command. */
  const replaced = (at: number, by: readonly string[]) => {
    const cut = (list: readonly string[], index: number) => [
      ...list.slice(0, index),
      ...by,
      ...list.slice(index + 1),
    ];
    return at < first.length
      ? { entrypoint: cut(first, at), command: rest }
      : { command: cut(rest, at - first.length) };
  };
  const variable = (key: string, value: string) => ({
    environment: mergedRecord(
      service.environment,
      recordOf([[key, [service.environment?.[key], value].filter(Boolean).join(' ')]]),
    ),
  });
  switch (runtime) {
    case 'java':
      return variable(
        'JAVA_TOOL_OPTIONS',
        `-agentlib:jdwp=transport=dt_socket,server=y,suspend=y,address=127.0.0.1:${port}`,
      );
    case 'php':
      return { environment: mergedRecord(service.environment, recordOf(Object.entries(phpVariables()))) };
    case 'node': {
      const at = words.findIndex((word) => /(?:^|\/)node(?:js)?$/.test(word));
      if (at >= 0) return replaced(at, [words[at] ?? '', `--inspect-brk=127.0.0.1:${port}`]);
      // Package managers and reloaders are of Node themselves: each process takes a port of its own, and none waits.
      return variable('NODE_OPTIONS', '--inspect=127.0.0.1:0');
    }
    case 'python': {
      const at = words.findIndex((word) => isProgram(word, 'python'));
      if (at < 0) throw cannot(name);
      const word = words[at] ?? '';
      const debug = ['-m', 'debugpy', '--listen', `127.0.0.1:${port}`, '--wait-for-client'];
      // What pip installs as a program is a module too: `uvicorn`, `gunicorn`, `flask`.
      return replaced(
        at,
        /(?:^|\/)python[\d.]*$/.test(word)
          ? [word, ...debug]
          : ['python3', ...debug, '-m', word.replace(/^.*\//, '')],
      );
    }
    case 'go': {
      const [program, ...args] = words;
      if (program === undefined) throw cannot(name);
      const delve = ['dlv', 'exec', '--headless', '--api-version=2', `--listen=127.0.0.1:${port}`, program];
      return { entrypoint: delve, command: args.length === 0 ? [] : ['--', ...args] };
    }
    case 'ruby': {
      const at = words.findIndex((word) => isProgram(word, 'ruby'));
      if (at < 0) throw cannot(name);
      const debug = ['rdbg', '--open', '--host', '127.0.0.1', '--port', String(port), '-c', '--'];
      return replaced(at, [...debug, words[at] ?? '']);
    }
  }
}

function isProgram(word: string, runtime: Runtime): boolean {
  return !/\s/.test(word) && runtimeOfArguments([word]) === runtime;
}

function cannot(name: string): EngineError {
  return new EngineError(
    'unsupported',
    say`The command of ${name} does not name its program, so it cannot be started under a debugger: write "command" in the compose file as a list.`,
    { subject: name },
  );
}
