import { splitReference } from '#compose/values/image-reference.ts';
import { templateImages } from '#compose/values/template-images.ts';
import { type Path, PatternTable } from '#compose/values/path.ts';
import type { Suggestion } from './suggestion.ts';
import { wording } from '../words/words.ts';

const places = new PatternTable<true>([['services.*.image', true]]);

/**
 * Images that the engine has, as the client last told, and well-known ones: those that the service is named after, and those whose name begins as what is
 * typed.
 */
export function imageSuggestions(path: Path, word: string, local: readonly string[]): Suggestion[] {
  if (!isImagePlace(path)) return [];
  const service = String(path[1]).toLowerCase();
  const common = wellKnown.flatMap(([name, image], order): Suggestion[] => {
    const isNamed = service.includes(name);
    const isMeant = isNamed || (word === '' && local.length === 0 && (roles[name]?.test(service) ?? false));
    if (local.includes(image) || !(word === '' ? isMeant : image.startsWith(word))) return [];
    const isName = image.endsWith(':');
    return [
      {
        label: image,
        as: isName ? { raw: image } : { scalar: image },
        kind: 'image',
        rank: isMeant ? 1 : 3,
        order: isNamed ? order : order + (isName ? 200 : 100) * (1 + Object.keys(roles).indexOf(name)),
        again: isName,
      },
    ];
  });
  return [...ofEngine(local), ...common];
}

/** What services are called that do the work of an image, the likelier images first. */
const roles: Readonly<Record<string, RegExp>> = {
  postgres: /^(?:db|database|pg|sql)/,
  mysql: /^(?:db|database|sql)/,
  mariadb: /^(?:db|database|sql)/,
  mongo: /^(?:db|database)/,
  redis: /cache|session/,
  rabbitmq: /queue|broker|amqp/,
  nginx: /^(?:web|www|proxy|static)|frontend/,
  traefik: /proxy|gateway|ingress/,
  caddy: /proxy/,
  mailpit: /mail|smtp/,
  elasticsearch: /search/,
  node: /^(?:app|api|backend|server)/,
};

/** Whether an image is named there: other ones are suggested once a letter is typed. */
export function isImagePlace(path: Path): boolean {
  return places.match(path) !== undefined;
}

/** By name: the version that templates are written with, and the name alone, for a tag to follow. */
const wellKnown: readonly (readonly [string, string])[] = [
  ...Object.entries(templateImages),
  ...Object.entries(templateImages).map(([name, image]) => [name, `${splitReference(image).name}:`] as const),
];

function ofEngine(local: readonly string[]): Suggestion[] {
  return local.map((image) => ({
    label: image,
    as: { scalar: image },
    kind: 'image',
    detail: wording('completion.on-engine'),
    rank: 1,
  }));
}
