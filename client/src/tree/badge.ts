import type { Translate } from '../shared/translate.ts';
import type { Stack } from '../workspace/stacks.ts';

/** How many services are in trouble, as far as anybody knows; `undefined`: none. */
export function badgeOf(
  stacks: readonly Stack[],
  t: Translate,
): { readonly value: number; readonly tooltip: string } | undefined {
  const views = stacks.filter(({ view }) => view.isFresh).map(({ view }) => view);
  const sum = (of: (view: Stack['view']) => number) => views.reduce((total, view) => total + of(view), 0);
  const unhealthy = sum((view) => view.unhealthy);
  const crashed = sum((view) => view.crashed);
  const looping = sum((view) => view.looping);
  const value = unhealthy + crashed + looping;
  if (value === 0) return undefined;
  const parts = [
    unhealthy > 0 ? t('{0} unhealthy', unhealthy) : '',
    looping > 0 ? t('{0} in a crash loop', looping) : '',
    crashed > 0 ? t('{0} crashed', crashed) : '',
  ];
  return { value, tooltip: parts.filter((part) => part !== '').join(', ') };
}
