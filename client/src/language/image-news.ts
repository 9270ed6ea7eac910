import type { Project } from '#compose/model/project.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import type { EngineFactsParams } from '../../../server/src/protocol.ts';
import { awaitedImages, imageHealthChecks, usesModels } from './engine-facts.ts';

/** Milliseconds that an engine has to answer. */
const patience = 30_000;

/** Tells the language server of an engine's images: all of them when the engine is there, and again when other services are waited for. */
export class ImageNews {
  readonly #engine: () => Pick<EnginePort, 'listImages' | 'inspectImage'> | undefined;
  readonly #projects: () => readonly (Project | undefined)[];
  readonly #tell: (facts: EngineFactsParams) => void;
  readonly #hasModelRunner: () => Promise<boolean>;
  readonly #older: () => readonly string[];
  /** What the last news were about. */
  #awaited: string | undefined;

  constructor(
    engine: () => Pick<EnginePort, 'listImages' | 'inspectImage'> | undefined,
    projects: () => readonly (Project | undefined)[],
    tell: (facts: EngineFactsParams) => void,
    hasModelRunner: () => Promise<boolean>,
    older: () => readonly string[] = () => [],
  ) {
    this.#older = older;
    this.#engine = engine;
    this.#projects = projects;
    this.#tell = tell;
    this.#hasModelRunner = hasModelRunner;
  }

  /** Files have changed: the engine is asked only if they wait for other images than before, or begin to use models. */
  async filesChanged(): Promise<void> {
    if (this.#about() !== this.#awaited) await this.tell();
  }

  async tell(): Promise<void> {
    const engine = this.#engine();
    if (engine === undefined) return;
    const awaited = awaitedImages(this.#projects());
    this.#awaited = this.#about();
    const images = await engine.listImages({ labels: [] }, AbortSignal.timeout(patience)).catch(() => []);
    this.#tell({
      images: [...new Set(images.flatMap(({ tags }) => tags))].sort(),
      healthChecks: await imageHealthChecks(engine, awaited, AbortSignal.timeout(patience)),
      ...(this.#older().length > 0 && { older: this.#older() }),
      ...(usesModels(this.#projects()) && { modelRunner: await this.#hasModelRunner() }),
    });
  }

  #about(): string {
    return [...awaitedImages(this.#projects()), usesModels(this.#projects())].join('\n');
  }
}
