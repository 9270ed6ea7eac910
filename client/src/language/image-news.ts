import type { Project } from '#compose/model/project.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import type { EngineFactsParams } from '../../../server/src/protocol.ts';
import { awaitedImages, imageHealthChecks } from './engine-facts.ts';

/** Milliseconds that an engine has to answer. */
const patience = 30_000;

/** Tells the language server of an engine's images: all of them when the engine is there, and again when other services are waited for. */
export class ImageNews {
  readonly #engine: () => Pick<EnginePort, 'listImages' | 'inspectImage'> | undefined;
  readonly #projects: () => readonly (Project | undefined)[];
  readonly #tell: (facts: EngineFactsParams) => void;
  /** Images that the last news were about. */
  #awaited: string | undefined;

  constructor(
    engine: () => Pick<EnginePort, 'listImages' | 'inspectImage'> | undefined,
    projects: () => readonly (Project | undefined)[],
    tell: (facts: EngineFactsParams) => void,
  ) {
    this.#engine = engine;
    this.#projects = projects;
    this.#tell = tell;
  }

  /** Files have changed: the engine is asked only if they wait for other images than before. */
  async filesChanged(): Promise<void> {
    if (awaitedImages(this.#projects()).join('\n') !== this.#awaited) await this.tell();
  }

  async tell(): Promise<void> {
    const engine = this.#engine();
    if (engine === undefined) return;
    const awaited = awaitedImages(this.#projects());
    this.#awaited = awaited.join('\n');
    const images = await engine.listImages({ labels: [] }, AbortSignal.timeout(patience)).catch(() => []);
    this.#tell({
      images: [...new Set(images.flatMap(({ tags }) => tags))].sort(),
      healthChecks: await imageHealthChecks(engine, awaited, AbortSignal.timeout(patience)),
    });
  }
}
