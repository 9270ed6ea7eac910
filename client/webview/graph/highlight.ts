import { isOnPath, pathOf } from './paths.ts';
import type { GraphModel, GraphService, GroupBy } from './protocol.ts';

/** The services whose names contain the text, in the order of the model. */
export function matching(model: GraphModel | undefined, text: string): readonly string[] {
  const wanted = text.trim().toLowerCase();
  return (model?.services ?? [])
    .map(({ name }) => name)
    .filter((name) => name.toLowerCase().includes(wanted));
}

/** By which group a service is framed: its first network, or its first profile. `undefined`: there are no frames. */
export function groupOf(by: GroupBy, ungrouped: string): ((service: GraphService) => string) | undefined {
  if (by === 'none') return undefined;
  return ({ networks, profiles }) => (by === 'network' ? networks : profiles)[0] ?? ungrouped;
}

/** Lets everything step back that is not on a way to or from the service; `undefined`: nothing does. */
export function trace(svg: SVGSVGElement, model: GraphModel, name: string | undefined): void {
  const path = name === undefined ? undefined : pathOf(model, name);
  for (const card of svg.querySelectorAll<SVGElement>('.service')) {
    const own = card.dataset.service ?? '';
    const isOn = path === undefined || own === name || path.needs.has(own) || path.neededBy.has(own);
    card.classList.toggle('faded', !isOn);
  }
  for (const edge of svg.querySelectorAll<SVGElement>('.edge')) {
    const { from = '', to = '' } = edge.dataset;
    const isOn =
      path !== undefined &&
      name !== undefined &&
      (edge.classList.contains('mount') ? from === name : isOnPath(path, name, from, to));
    edge.classList.toggle('traced', isOn);
    edge.classList.toggle('faded', path !== undefined && !isOn);
  }
}
