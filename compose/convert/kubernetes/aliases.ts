import type { Project, Service } from '../../model/project.ts';
import { allLabels, labelText } from './labels.ts';
import { objectName } from './names.ts';
import type { ObjectNames } from './object-names.ts';
import type { Remark } from './remark.ts';
import type { TextsOf } from './texts.ts';
import { phrase, type Phrase } from '../../problem/phrase.ts';

/** Further names by which a service is called, by the service: each becomes a Service of its own. */
export type Aliases = ReadonlyMap<string, readonly string[]>;

/**
 * Aliases of networks, those that `links` of others give, label kompose.service.name_override, and the name of the container where another service
 * speaks of it. A name leads to one service only: where several share it, to the first.
 */
export function aliasesOf(
  project: Project,
  names: ObjectNames,
  texts: TextsOf,
  remark: (path: Remark['path'], reason: Phrase) => void,
): Aliases {
  const owners = new Map(Object.keys(project.services).map((name) => [names.service(name), name]));
  const aliases = new Map<string, string[]>();
  for (const [name, service] of Object.entries(project.services)) {
    const own: string[] = [];
    for (const [alias, path] of calledAs(project, name, service, texts)) {
      const wanted = objectName(alias);
      const owner = owners.get(wanted);
      if (owner === name) continue;
      if (owner !== undefined) {
        remark(path, phrase('kubernetes.alias-taken', { alias, owner }));
        continue;
      }
      if (wanted !== alias) remark(path, phrase('kubernetes.alias-renamed', { name: wanted, alias }));
      owners.set(wanted, name);
      own.push(wanted);
    }
    aliases.set(name, own);
  }
  return aliases;
}

/** Each with the path that says so. */
function calledAs(
  project: Project,
  name: string,
  service: Service,
  texts: TextsOf,
): readonly (readonly [string, string])[] {
  const path = `services.${name}`;
  const ofNetworks = Object.entries(service.networks ?? {}).flatMap(([network, settings]) =>
    (settings?.aliases ?? []).map((alias) => [alias, `${path}.networks.${network}.aliases`] as const),
  );
  const override = labelText(allLabels(service), 'service.name_override');
  const ofLinks = Object.entries(project.services).flatMap(([other, { links = [] }]) =>
    links.flatMap((link) => {
      const [target, alias] = link.split(':');
      return target === name && alias !== undefined ? [[alias, `services.${other}.links`] as const] : [];
    }),
  );
  const container = service.container_name;
  return [
    ...ofNetworks,
    ...(override === undefined ? [] : [[override, `${path}.labels.kompose.service.name_override`] as const]),
    ...ofLinks,
    ...(container !== undefined && isMentioned(project, name, container, texts)
      ? [[container, `${path}.container_name`] as const]
      : []),
  ];
}

/** Whether another service has this word in its variables, its command, or a text that it is given. */
function isMentioned(project: Project, name: string, word: string, texts: TextsOf): boolean {
  const escaped = word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pattern = new RegExp(`(?:^|[^\\w.-])${escaped}(?:$|[^\\w.-])`);
  return Object.entries(project.services).some(
    ([other, service]) =>
      other !== name &&
      [...wordsOf(service), ...texts(service)].some((text) => text !== null && pattern.test(text)),
  );
}

function wordsOf({ environment, command, entrypoint }: Service): readonly (string | null)[] {
  return [...Object.values(environment ?? {}), ...(command ?? []), ...(entrypoint ?? [])];
}
