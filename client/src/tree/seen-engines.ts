import * as vscode from 'vscode';
import * as configuration from '../shared/configuration.ts';
import type { RuntimeSnapshot } from '#engine/observe/runtime-store.ts';
import { errorText } from '../shared/error-text.ts';
import type { EngineSession } from '../workspace/engine-session.ts';
import type { Engines } from '../workspace/engines.ts';
import type { SeenEngine } from './tree-shape.ts';

const { l10n } = vscode;

/** The chosen engine and those beside it, as their rows show them; none while there is only the one. */
export function seenEngines({ chosen, added }: Engines): readonly SeenEngine[] {
  if (added.size === 0) return [];
  return [seen('', chosenName(), chosen), ...[...added].map(([name, session]) => seen(name, name, session))];
}

/** What the user calls the chosen engine. */
export function chosenName(): string {
  return configuration.context() || configuration.host() || l10n.t('Default engine');
}

/** Why there is no connection: the lines of the error's message below its first, or that one. */
export function failureOf({ connection, error }: RuntimeSnapshot): readonly string[] | undefined {
  if (connection !== 'disconnected') return undefined;
  const [first = '', ...places] = error === undefined ? [] : errorText(error).split('\n');
  return (places.length > 0 ? places : [first]).map((text) => text.trim());
}

function seen(name: string, label: string, session: EngineSession): SeenEngine {
  const { snapshot, current } = session;
  const endpoint = current?.info.endpoint ?? '';
  const about = current === undefined ? [] : [current.info.serverVersion, endpoint === label ? '' : endpoint];
  return {
    name,
    label,
    about: about.filter((part) => part !== '').join(' · '),
    state: session.started ? snapshot.connection : 'idle',
    failure: failureOf(snapshot) ?? [],
  };
}
