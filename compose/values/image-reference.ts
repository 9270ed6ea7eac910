import { type Phrase, phrase } from '../problem/phrase.ts';
import { type ValueError, valueError } from './parsed.ts';

/** The parts of a text that stands for an image, as they are written, well formed or not. */
export interface ReferenceParts {
  /** What is left without tag and digest. */
  readonly name: string;
  /** Without its colon; empty behind a colon with nothing after it. */
  readonly tag?: string;
  /** With its algorithm, without its `@`. */
  readonly digest?: string;
}

/** Where a name leads, with what Docker completes: no registry is Docker Hub, and its official images are in `library/`. */
export interface ImageName {
  /** A host with its port, if it has one; `docker.io` is Docker Hub. */
  readonly registry: string;
  /** The repository within the registry. */
  readonly path: string;
}

/** A well-formed reference to an image, completed. */
export interface ImageReference extends ImageName {
  readonly kind: 'image';
  readonly tag?: string;
  readonly digest?: string;
}

export const dockerHub = 'docker.io';
const formerDockerHub = 'index.docker.io';
const officialImages = 'library/';
const defaultTag = 'latest';
/** Characters of a repository's path. */
const longestPath = 255;

const label = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const registry = new RegExp(`^(?:${label}(?:\\.${label})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?$`);
const component = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const path = new RegExp(`^${component}(?:/${component})*$`);
const tag = /^\w[\w.-]{0,127}$/;
const digest = /^(?:sha256:[a-f0-9]{64}|sha384:[a-f0-9]{96}|sha512:[a-f0-9]{128})$/;

/** Takes a text apart without a judgement: of any text, also one that is still being typed. Put together again, it is the same text. */
export function splitReference(text: string): ReferenceParts {
  const at = text.indexOf('@');
  const head = at < 0 ? text : text.slice(0, at);
  const colon = head.lastIndexOf(':');
  const hasTag = colon > head.lastIndexOf('/');
  return {
    name: hasTag ? head.slice(0, colon) : head,
    ...(hasTag && { tag: head.slice(colon + 1) }),
    ...(at >= 0 && { digest: text.slice(at + 1) }),
  };
}

/** Completes a name without a judgement, as Docker does before it looks closer. */
export function completeName(name: string): ImageName {
  const slash = name.indexOf('/');
  const first = name.slice(0, Math.max(slash, 0));
  // Repositories have no capital letters, so that a first part with one can only be a host.
  const isHost = first === 'localhost' || /[.:]/.test(first) || first !== first.toLowerCase();
  if (isHost && first !== dockerHub && first !== formerDockerHub)
    return { registry: first, path: name.slice(slash + 1) };
  const rest = isHost ? name.slice(slash + 1) : name;
  return { registry: dockerHub, path: rest.includes('/') ? rest : `${officialImages}${rest}` };
}

/** Reads a reference as Docker does (distribution's "reference" grammar). An image's ID is none. */
export function parseImageReference(text: string): ImageReference | ValueError {
  const parts = splitReference(text);
  const { name } = parts;
  const wrong = (message: Phrase, start = 0, end = name.length) => valueError(message, start, end);
  if (name === '') return wrong(phrase('invalid-reference.empty'), 0, text.length);
  if (/^[a-f0-9]{64}$/.test(text)) return wrong(phrase('invalid-reference.id', { text }));
  const completed = completeName(name);
  if (!registry.test(completed.registry))
    return wrong(phrase('invalid-reference.host', { host: completed.registry }));
  if (!path.test(completed.path)) {
    const lower = completed.path.toLowerCase();
    return wrong(
      path.test(lower)
        ? phrase('invalid-reference.capitals', {
            name,
            lower: `${name.slice(0, -lower.length)}${name.slice(-lower.length).toLowerCase()}`,
          })
        : phrase('invalid-reference', { name }),
    );
  }
  if (completed.path.length > longestPath)
    return wrong(phrase('invalid-reference.long', { most: longestPath }));
  if (parts.tag !== undefined && !tag.test(parts.tag))
    return wrong(
      phrase('invalid-reference.tag', { tag: parts.tag }),
      name.length + 1,
      name.length + 1 + parts.tag.length,
    );
  if (parts.digest !== undefined && !digest.test(parts.digest))
    return wrong(
      phrase('invalid-reference.digest', { digest: parts.digest }),
      text.length - parts.digest.length,
      text.length,
    );
  return {
    kind: 'image',
    ...completed,
    ...(parts.tag !== undefined && { tag: parts.tag }),
    ...(parts.digest !== undefined && { digest: parts.digest }),
  };
}

/** The whole reference: `docker.io/library/nginx:alpine`. */
export function printReference(reference: ImageReference): string {
  return joined(`${reference.registry}/${reference.path}`, reference);
}

/** As people write it, without what Docker completes: `nginx:alpine`. Where that would lead elsewhere (`docker.io/a.b/c`), the whole of it. */
export function printFamiliar(reference: ImageReference): string {
  const { registry: host, path: whole } = reference;
  if (host !== dockerHub) return printReference(reference);
  const official = whole.slice(officialImages.length);
  const short = whole.startsWith(officialImages) && !official.includes('/') ? official : whole;
  return completeName(short).registry === dockerHub ? joined(short, reference) : printReference(reference);
}

/** With the tag that stands for none, where there is neither tag nor digest. */
export function withDefaultTag(reference: ImageReference): ImageReference {
  return reference.tag === undefined && reference.digest === undefined
    ? { ...reference, tag: defaultTag }
    : reference;
}

/** Whether two texts name the same image, whatever of it they leave out. */
export function isSameImage(one: string, other: string): boolean {
  if (one === other) return true;
  const [first, second] = [parseImageReference(one), parseImageReference(other)];
  if (first.kind === 'error' || second.kind === 'error') return false;
  return printReference(withDefaultTag(first)) === printReference(withDefaultTag(second));
}

/** What is asked for of a repository: the digest, the tag, or the tag that stands for none. */
export function versionOf({ tag: written, digest: pinned }: Pick<ReferenceParts, 'tag' | 'digest'>): string {
  return pinned ?? (written === undefined || written === '' ? defaultTag : written);
}

/** Whether a text can only mean one image on an engine, by its content. */
export function isImageId(text: string): boolean {
  return /^(?:sha256:)?[0-9a-f]{64}$/.test(text);
}

/** The last part of an image's name: `api` of `ghcr.io/team/api:1.2`. */
export function shortName(text: string): string {
  const { name } = splitReference(text);
  return name.slice(name.lastIndexOf('/') + 1);
}

function joined(name: string, { tag: written, digest: pinned }: ImageReference): string {
  return `${name}${written === undefined ? '' : `:${written}`}${pinned === undefined ? '' : `@${pinned}`}`;
}
