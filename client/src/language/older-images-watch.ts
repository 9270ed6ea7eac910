import type { Project } from '#compose/model/project.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import { OlderImages } from '#engine/observe/older-images.ts';

type Asked = Pick<EnginePort, 'inspectImage' | 'inspectRemoteImage'>;

export interface OlderImagesSource {
  /** `undefined`: nobody is to be asked, because there is no engine, or it is not wanted. */
  engine(): Asked | undefined;
  projects(): readonly (Project | undefined)[];
  changed(): void;
}

/** Knows which images of the workspace's services are older than those of their registries. Fails in silence: nobody has asked for it. */
export class OlderImagesWatch {
  readonly #images = new OlderImages(Date.now);
  readonly #source: OlderImagesSource;
  readonly #abort = new AbortController();
  #looking: Promise<void> | undefined;
  #isAskedAgain = false;
  /** What the last look was at. */
  #looked: string | undefined;

  constructor(source: OlderImagesSource) {
    this.#source = source;
  }

  get references(): readonly string[] {
    return this.#images.references;
  }

  readonly has = (reference: string): boolean => this.#images.has(reference);

  /** One look at a time; whoever asks meanwhile gets one more. */
  look(): Promise<void> {
    this.#isAskedAgain = true;
    this.#looking ??= this.#lookWhileAsked().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  /** Files have changed: a look only if their services use other images than at the last one. */
  async filesChanged(): Promise<void> {
    if (this.#wanted().join('\n') !== this.#looked) await this.look();
  }

  dispose(): void {
    this.#abort.abort();
  }

  #wanted(): readonly string[] {
    return this.#source.projects().flatMap(pulledImages);
  }

  async #lookWhileAsked(): Promise<void> {
    while (this.#isAskedAgain && !this.#abort.signal.aborted) {
      this.#isAskedAgain = false;
      const engine = this.#source.engine();
      if (engine === undefined) return;
      const images = this.#wanted();
      this.#looked = images.join('\n');
      if (await this.#images.look(engine, images, this.#abort.signal).catch(() => false))
        this.#source.changed();
    }
  }
}

/** Of services that are not built here. */
function pulledImages(project: Project | undefined): readonly string[] {
  return Object.values(project?.services ?? {}).flatMap(({ image, build }) =>
    image === undefined || build !== undefined ? [] : [image],
  );
}
