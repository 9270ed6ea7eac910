import {
  isImageId,
  parseImageReference,
  printFamiliar,
  withDefaultTag,
} from '#compose/values/image-reference.ts';
import { EngineError } from '../api/engine-error.ts';
import type { EnginePort } from '../api/engine-port.ts';
import { withImage } from './alter-spec.ts';
import type { ServiceSpec, Spec } from '../api/swarm-calls.ts';

/** An image as all nodes are to run it. */
export interface Pinned {
  /** With its tag, and its digest where the registry told it. */
  readonly image: string;
  /** What it is built for: the swarm looks for nodes of these. Absent: not known. */
  readonly platforms?: readonly Spec[];
}

/** Asks the registry what the image is now; where it does not answer, warns and leaves it to each node. */
export async function pinImage(
  engine: EnginePort,
  name: string,
  onWarning: (warning: string) => void,
  signal: AbortSignal,
): Promise<Pinned> {
  const image = taggedImage(name);
  if (image.includes('@')) return { image };
  try {
    const { digest, platforms } = await engine.inspectRemoteImage(image, signal);
    return {
      image: `${image}@${digest}`,
      platforms: platforms.map(({ os, architecture }) => ({
        // Nodes call it armv6l or armv7l.
        Architecture: architecture === 'arm' ? '' : architecture,
        OS: os,
      })),
    };
  } catch (error) {
    if (!(error instanceof EngineError) || error.kind === 'cancelled') throw error;
    onWarning(
      `image ${image} could not be accessed on a registry to record its digest. Each node will access ${image} independently, possibly leading to different nodes running different versions of the image.`,
    );
    return { image };
  }
}

export function withPinned(spec: ServiceSpec, { image, platforms }: Pinned): ServiceSpec {
  const changed = withImage(spec, image);
  const { Placement, ...template } = changed.TaskTemplate;
  const { Platforms: _, ...placement } = { ...(Placement as Spec | undefined) };
  return {
    ...changed,
    TaskTemplate: {
      ...template,
      Placement: {
        ...placement,
        ...(platforms !== undefined && platforms.length > 0 && { Platforms: platforms }),
      },
    },
  };
}

/** What the service runs now. */
export function pinnedOf({ TaskTemplate }: ServiceSpec): Pinned | undefined {
  const image = TaskTemplate.ContainerSpec?.Image;
  const platforms = (TaskTemplate.Placement as { readonly Platforms?: readonly Spec[] | null } | undefined)
    ?.Platforms;
  return image === undefined ? undefined : { image, ...(platforms && { platforms }) };
}

/** As the Docker CLI sends it: short where it is Docker Hub's, and never without a tag. Another name of the same image would make all tasks anew. */
export function taggedImage(name: string): string {
  const reference = parseImageReference(name);
  // What is wrong with another name is for the engine to say.
  return isImageId(name) || reference.kind === 'error' ? name : printFamiliar(withDefaultTag(reference));
}
