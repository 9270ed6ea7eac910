import type { ComposureConfig } from '#compose/check/composurerc.ts';
import { readComposureConfig } from '#compose/check/composurerc.ts';
import type { DclintConfig } from '#compose/check/dclint/config.ts';
import type { Log } from '../log.ts';
import { dclintFiles } from './dclint-config.ts';
import { NearestConfig } from './nearest-config.ts';
import type { Workspace } from './workspace.ts';

/** What the files beside compose files say about how these are to be looked at. */
export class ProjectConfigs {
  readonly #dclint: NearestConfig<DclintConfig>;
  readonly #own: NearestConfig<ComposureConfig>;

  constructor(workspace: Workspace, log: Log) {
    this.#dclint = new NearestConfig(workspace, log, dclintFiles);
    this.#own = new NearestConfig(workspace, log, {
      names: ['.composurerc', '.composurerc.json', '.composurerc.yaml', '.composurerc.yml'],
      programs: [],
      read(text, tell) {
        const { config, mistakes } = readComposureConfig(text);
        for (const mistake of mistakes) tell(mistake);
        return config;
      },
    });
  }

  /** The nearest `.dclintrc`; `undefined`: there is none, or it does not want to be asked about this file. */
  async dclint(path: string): Promise<DclintConfig | undefined> {
    const config = await this.#dclint.of(path);
    return config?.exclude.some((part) => path.includes(part)) === true ? undefined : config;
  }

  /** The nearest `.composurerc`. */
  own(path: string): Promise<ComposureConfig | undefined> {
    return this.#own.of(path);
  }
}
