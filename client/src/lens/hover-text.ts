import type { ContainerView } from '#engine/observe/service-view.ts';
import type { Translate } from '../shared/translate.ts';
import { shortName } from '../tree/row-text.ts';
import { containerStateText } from '../tree/state-words.ts';

/** A container as the hover on its service says it: `web-1 · healthy`. */
export function hoverRow(project: string, view: ContainerView, t: Translate): string {
  return `${shortName(project, view.container.name)} · ${containerStateText(view, t)}`;
}
