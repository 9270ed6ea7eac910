import { element } from '../shared/dom.ts';
import type { FromGraph, GraphModel, GraphTexts } from './protocol.ts';

/** The same as text, for those who listen to it or want to read it. */
export function drawList(
  { services, title }: GraphModel,
  texts: GraphTexts,
  open: (what: Extract<FromGraph, { type: 'open' }>['what'], service: string) => void,
): HTMLElement {
  const items = services.map(({ name, description, image, ports, networks, volumes, dependencies, can }) => {
    const needs = dependencies.map(({ on, condition }) => (condition === '' ? on : `${on} (${condition})`));
    const facts = (
      [
        [texts.image, image === undefined ? [] : [image]],
        [texts.dependsOn, needs],
        [texts.ports, ports],
        [texts.networks, networks],
        [texts.volumes, volumes],
      ] as const
    ).filter(([, values]) => values.length > 0);
    const actions = (['file', 'logs', 'shell'] as const)
      .filter((what) => can[what])
      .map((what) => {
        const made = element(
          'button',
          { type: 'button', 'aria-label': `${texts[what]}: ${name}` },
          texts[what],
        );
        made.addEventListener('click', () => open(what, name));
        return made;
      });
    return element(
      'li',
      {},
      element('h2', {}, name),
      element('p', {}, description),
      element(
        'dl',
        {},
        ...facts.flatMap(([label, values]) => [
          element('dt', {}, label),
          element('dd', {}, values.join(', ')),
        ]),
      ),
      element('div', { class: 'actions' }, ...actions),
    );
  });
  return element('ul', { class: 'list', 'aria-label': title }, ...items);
}
