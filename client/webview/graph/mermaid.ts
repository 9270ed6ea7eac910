import type { GraphModel } from './protocol.ts';

/** The picture as a Mermaid flowchart, for a README: services, conditions, volumes. */
export function toMermaid({ services, volumes }: GraphModel): string {
  const ids = new Map(services.map(({ name }, at) => [name, `s${at}`]));
  const used = volumes.filter((name) => services.some((service) => service.volumes.includes(name)));
  const volumeIds = new Map(used.map((name, at) => [name, `v${at}`]));
  const lines = [
    'flowchart LR',
    ...services.map(
      ({ name, ports }) => `  ${ids.get(name)}["${[name, ...ports].map(quoted).join('<br>')}"]`,
    ),
    ...used.map((name) => `  ${volumeIds.get(name)}[("${quoted(name)}")]`),
    ...services.flatMap(({ name, dependencies, volumes: mounted }) => [
      ...dependencies.flatMap(({ on, condition, required }) => {
        const to = ids.get(on);
        if (to === undefined) return [];
        const label = condition === '' ? '' : `|"${quoted(condition)}"|`;
        return [`  ${ids.get(name)} ${required ? '-->' : '-.->'}${label} ${to}`];
      }),
      ...mounted.flatMap((volume) => {
        const to = volumeIds.get(volume);
        return to === undefined ? [] : [`  ${ids.get(name)} -.- ${to}`];
      }),
    ]),
  ];
  return `${lines.join('\n')}\n`;
}

/** Within quotation marks, where Mermaid takes entities. */
function quoted(text: string): string {
  return text
    .replaceAll('&', '#amp;')
    .replaceAll('"', '#quot;')
    .replaceAll('<', '#lt;')
    .replaceAll('>', '#gt;');
}
