import { formatPhrase } from '#compose/problem/format-phrase.ts';
import type { toolNames } from '../ids.ts';
import { stateOf } from '../tree/container-state.ts';
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
  const projects = stacks.map(({ name, declared, services }) => ({
    project: name,
    ...(declared === undefined
      ? { files: 'not in this workspace' }
      : { file: declared.reference.mainFile, environment: declared.reference.environment ?? 'default' }),
    errors:
      declared?.problems
        .filter(({ severity }) => severity === 'error')
        .map(({ message }) => formatPhrase(message)) ?? [],
    services: services.map((service) => ({
      service: service.name,
      ...(service.declared?.image !== undefined && { image: service.declared.image }),
      containers: service.containers.map((container) => ({
        name: container.name,
        state: stateOf(container),
        ...(container.exitCode !== undefined && { exitCode: container.exitCode }),
        ports: container.ports.flatMap(({ hostPort, containerPort }) =>
          hostPort === undefined ? [] : [`${hostPort}->${containerPort}`],
        ),
      })),
    })),
  }));
  return JSON.stringify(projects, null, 1);
}
