import type { ContainerView } from '#engine/observe/service-view.ts';
import type { StatsSample } from '../../webview/stats/protocol.ts';
import type { Translate } from '../shared/translate.ts';
import { shortName } from '../tree/row-text.ts';
import { stateLooks } from '../tree/state-look.ts';
import { containerStateText, stateText } from '../tree/state-words.ts';
import type { Stack } from '../workspace/stacks.ts';

/** A container of which it is shown what it uses. */
export interface Followed {
  readonly stack: string;
  readonly project: string;
  readonly service: string;
  readonly view: ContainerView;
}

/** The containers that use something now, as far as anybody knows; an empty name stands for all projects. */
export function followedIn(stacks: readonly Stack[], project: string): readonly Followed[] {
  return stacks
    .filter(({ name }) => project === '' || name === project)
    .flatMap(({ key, name, services }) =>
      services.flatMap((service) =>
        service.view.containers
          .filter(({ state, container }) => state !== 'unknown' && hasProcesses(container.state))
          .map((view) => ({ stack: key, project: name, service: service.name, view })),
      ),
    );
}

/** Which container a line is about, and what it is doing. */
export function followedText(
  { stack, project, service, view }: Followed,
  t: Translate,
): Pick<StatsSample, 'id' | 'stack' | 'project' | 'service' | 'name' | 'state' | 'tone' | 'stateText'> {
  const { id, name } = view.container;
  return {
    id,
    stack,
    project,
    service,
    name: shortName(project, name),
    state: view.state,
    tone: stateLooks[view.state].tone,
    stateText: containerStateText(view, t),
  };
}

/** Why nothing is known of these projects; `undefined`: it is. */
export function unknownText(stacks: readonly Stack[], project: string, t: Translate): string | undefined {
  const shown = stacks.filter(({ name }) => project === '' || name === project);
  const gone = shown.find(({ view }) => view.state === 'unknown');
  if (gone === undefined || shown.some(({ view }) => view.isFresh)) return undefined;
  return t(
    'No connection to the engine: {0}',
    stateText({ state: 'unknown', lastSeen: gone.view.lastSeen }, t),
  );
}

function hasProcesses(state: string): boolean {
  return state === 'running' || state === 'paused';
}
