import type { Project, Service } from '../../model/project.ts';
import { contentOf, type Given } from './object-content.ts';

/** The texts that a service is given: each goes into a ConfigMap or a Secret. */
export type TextsOf = (service: Service) => readonly string[];

/** Files that are bound, those of folders too, and the contents of secrets and configs. */
export function textsOf(project: Project, given: Given): TextsOf {
  return (service) => [
    ...(service.volumes ?? []).flatMap(({ type, source }) => {
      const read = type === 'bind' && source !== undefined ? given.files.get(source) : undefined;
      if (read === undefined) return [];
      return ('kind' in read ? [read] : [...read.values()]).flatMap((file) =>
        file.kind === 'text' ? [file.text] : [],
      );
    }),
    ...(['secrets', 'configs'] as const).flatMap((section) =>
      (service[section] ?? []).flatMap(({ source }) => {
        const object = project[section]?.[source];
        return (object && contentOf(given, object)) ?? [];
      }),
    ),
  ];
}
