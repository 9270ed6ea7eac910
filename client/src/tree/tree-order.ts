import type { Stack, StackService } from '../workspace/stacks.ts';
import { stateLooks, type Tone } from './state-look.ts';

/** In which order rows stand: as the files have them, by name, or with what needs somebody first. */
export type TreeOrder = 'file' | 'name' | 'state';

export const treeOrders = ['file', 'name', 'state'] as const satisfies readonly TreeOrder[];

const urgency: Readonly<Record<Tone, number>> = { bad: 0, warning: 1, busy: 2, good: 3, quiet: 4 };

/** The services of a stack as they stand below it; favourites first. */
export function orderedServices(
  { services }: Pick<Stack, 'services'>,
  order: TreeOrder,
  isFavourite: (service: string) => boolean,
): readonly StackService[] {
  return sorted(services, order, {
    isFavourite: ({ name }) => isFavourite(name),
    // What the files do not have stands after what they have.
    place: ({ declared }) => declared?.place ?? Number.MAX_SAFE_INTEGER,
    tone: ({ view }) => stateLooks[view.state].tone,
  });
}

/** The stacks as they stand at the top; favourites first. In the order of the files they stay as they are. */
export function orderedStacks(
  stacks: readonly Stack[],
  order: TreeOrder,
  isFavourite: (stack: Stack) => boolean,
): readonly Stack[] {
  const places = new Map(stacks.map((stack, at) => [stack, at]));
  return sorted(stacks, order, {
    isFavourite,
    place: (stack) => places.get(stack) ?? 0,
    tone: ({ view }) => stateLooks[view.state].tone,
  });
}

interface Standing<T> {
  readonly isFavourite: (thing: T) => boolean;
  readonly place: (thing: T) => number;
  readonly tone: (thing: T) => Tone;
}

function sorted<T extends { readonly name: string }>(
  things: readonly T[],
  order: TreeOrder,
  { isFavourite, place, tone }: Standing<T>,
): readonly T[] {
  const byName = (a: T, b: T) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
  const byPlace = (a: T, b: T) => place(a) - place(b) || byName(a, b);
  const byOrder = {
    file: byPlace,
    name: byName,
    state: (a: T, b: T) => urgency[tone(a)] - urgency[tone(b)] || byPlace(a, b),
  }[order];
  return [...things].sort((a, b) => Number(isFavourite(b)) - Number(isFavourite(a)) || byOrder(a, b));
}
