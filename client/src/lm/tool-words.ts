import { formatPhrase } from '#compose/problem/format-phrase.ts';
import type { toolNames } from '../ids.ts';
import { maskSecrets } from '../shared/mask.ts';
import { clockTime } from '../tree/state-words.ts';
import type { Stack } from '../workspace/stacks.ts';

export type ToolName = (typeof toolNames)[number];

/** What a model may ask with. Written by a model: nothing of it is certain. */
export interface ToolInput {
  readonly project?: string;
  readonly services?: readonly string[];
  readonly path?: string;
  readonly lines?: number;
  readonly build?: boolean;
  readonly volumes?: boolean;
}

/** Of what kind it should be; what is not is left out. */
export function toInput(value: unknown): ToolInput {
  const given: Readonly<Record<string, unknown>> =
    typeof value === 'object' && value !== null ? { ...value } : {};
  const { project, services, path, lines, build, volumes } = given;
  const names = Array.isArray(services) ? services.filter((each) => typeof each === 'string') : [];
  return {
    ...(typeof project === 'string' && project !== '' && { project }),
    // A name that looks like an option would be one.
    ...(names.length > 0 && { services: names.filter((name) => /^[a-zA-Z0-9][\w.-]*$/.test(name)) }),
    ...(typeof path === 'string' && /^[a-zA-Z]/.test(path) && { path }),
    ...(typeof lines === 'number' && Number.isInteger(lines) && lines > 0 && { lines: Math.min(lines, 500) }),
    ...(build === true && { build }),
    ...(volumes === true && { volumes }),
  };
}

/** The command that answers; `undefined`: it is answered from what is known. */
export function toolWords(name: ToolName, input: ToolInput): readonly string[] | undefined {
  const { services = [], path, lines = 100, build, volumes } = input;
  switch (name) {
    case 'composure_list':
      return undefined;
    case 'composure_logs':
      return ['logs', '--no-color', '--tail', String(lines), ...services];
    case 'composure_explain':
      return path === undefined ? ['config', ...services] : ['config', '--explain', path];
    case 'composure_plan':
      return ['plan', 'up', ...services];
    case 'composure_up':
      return ['up', '--detach', ...(build === true ? ['--build'] : []), ...services];
    case 'composure_down':
      return ['down', ...(volumes === true ? ['--volumes'] : []), ...services];
  }
}

/** Projects with their services and states, as text for a model. */
export function listText(stacks: readonly Stack[]): string {
  return JSON.stringify(stacks.map(toListed), null, 1);
}

/** As every other view has it; a state of which nobody knows whether it still holds says until when it was seen. */
function toListed({ name, declared, services, view }: Stack) {
  const { lastSeen, running, meant, notStarted } = view;
  return {
    project: name,
    state: view.state,
    running: `${running}/${meant}`,
    ...(lastSeen !== undefined && { lastSeen: clockTime(lastSeen) }),
    ...(notStarted.length > 0 && { upWasInterruptedBefore: notStarted }),
    ...(declared === undefined
      ? { files: 'not in this workspace' }
      : { file: declared.reference.mainFile, environment: declared.reference.environment ?? 'default' }),
    errors:
      declared?.problems
        .filter(({ severity }) => severity === 'error')
        .map(({ message }) => formatPhrase(message)) ?? [],
    services: services.map((service) => ({
      service: service.name,
      state: service.view.state,
      running: `${service.view.running}/${service.view.wanted}`,
      ...(service.view.loop !== undefined && {
        restarts: service.view.loop.restarts,
        lastLine: maskSecrets(service.view.loop.lastLine ?? ''),
      }),
      ...(service.declared?.image !== undefined && { image: service.declared.image }),
      containers: service.view.containers.map(({ container, state, isOneOff, exitCode }) => ({
        name: container.name,
        state,
        ...(isOneOff && { oneOff: true }),
        ...(exitCode !== undefined && { exitCode }),
        ports: container.ports.flatMap(({ hostPort, containerPort }) =>
          hostPort === undefined ? [] : [`${hostPort}->${containerPort}`],
        ),
      })),
    })),
  };
}
