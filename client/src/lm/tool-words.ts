import { formatPhrase } from '#compose/problem/format-phrase.ts';
import type { toolNames } from '../ids.ts';
import { maskSecrets } from '../shared/mask.ts';
import { clockTime } from '../tree/state-words.ts';
import type { Stack } from '../workspace/stacks.ts';

export type ToolName = (typeof toolNames)[number];

/** Which project a model means, and what else it gave. */
export interface Asked {
  readonly project: string | undefined;
  readonly input: Readonly<Record<string, unknown>>;
}

/** In this window there may be several projects: which one is taken out of the input, the rest is the tool's. */
export function toInput(value: unknown): Asked {
  const { project, ...input }: Readonly<Record<string, unknown>> =
    typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
  return { project: typeof project === 'string' && project !== '' ? project : undefined, input };
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
