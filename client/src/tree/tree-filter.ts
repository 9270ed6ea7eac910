import type { State } from '#engine/observe/states.ts';
import type { Translate } from '../shared/translate.ts';
import type { Stack, StackService } from '../workspace/stacks.ts';
import { stateLooks } from './state-look.ts';
import { stateText } from './state-words.ts';

/** What of the tree is wanted: text that names contain, projects, states. All of it has to hold. */
export interface TreeFilter {
  readonly texts: readonly string[];
  readonly projects: readonly string[];
  readonly states: readonly string[];
}

/** Of `web is:unhealthy project:shop`; `undefined`: everything is wanted. */
export function parseFilter(text: string): TreeFilter | undefined {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const valuesOf = (key: string) =>
    words.filter((word) => word.startsWith(key)).map((word) => word.slice(key.length));
  const filter = {
    texts: words.filter((word) => !/^(?:is|project):/.test(word)),
    projects: valuesOf('project:').filter(Boolean),
    states: valuesOf('is:').filter(Boolean),
  };
  const isEmpty = [filter.texts, filter.projects, filter.states].every(({ length }) => length === 0);
  return isEmpty ? undefined : filter;
}

/** The services of a stack that are wanted: by their own name, or all of them by the project's. */
export function wantedServices(filter: TreeFilter, stack: Stack, t: Translate): readonly StackService[] {
  const project = stack.name.toLowerCase();
  if (!filter.projects.every((name) => project.includes(name))) return [];
  return stack.services.filter((service) => {
    const name = service.name.toLowerCase();
    return (
      filter.texts.every((text) => name.includes(text) || project.includes(text)) &&
      filter.states.every((state) => isState(service, state, t))
    );
  });
}

/** Whether the project's row is wanted, also one without services. */
export function isWanted(filter: TreeFilter, stack: Stack, t: Translate): boolean {
  if (stack.services.length > 0) return wantedServices(filter, stack, t).length > 0;
  const project = stack.name.toLowerCase();
  return (
    filter.states.length === 0 &&
    [...filter.projects, ...filter.texts].every((text) => project.includes(text))
  );
}

/** `is:problem`, `is:running` and `is:stopped` stand for several states; else it is a state's name, or how the row says it. */
function isState({ view, containers }: StackService, wanted: string, t: Translate): boolean {
  const { tone } = stateLooks[view.state];
  switch (wanted) {
    case 'problem':
      return tone === 'bad' || tone === 'warning';
    case 'running':
      return view.running > 0;
    case 'stopped':
      return containers.length > 0 && view.running === 0;
    default:
      return wordsOf(view.state, t).some((word) => word.startsWith(wanted));
  }
}

function wordsOf(state: State, t: Translate): readonly string[] {
  return [state, stateText({ state }, t).toLowerCase().replaceAll(/\s+/g, '-')];
}
