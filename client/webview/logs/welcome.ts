import { element } from '../shared/dom.ts';
import type { LogTexts } from './protocol.ts';

/** What stands where the log will be, until it is known whose. */
export function welcomeOf({ noneChosen, choose }: LogTexts, onChoose: () => void): HTMLElement {
  const button = element('button', { type: 'button' }, choose);
  button.addEventListener('click', onChoose);
  return element('div', { class: 'welcome' }, element('p', {}, noneChosen), button);
}
