/** How a model is to run. */
export interface ModelSettings {
  /** Tokens. */
  readonly contextSize?: number | undefined;
  readonly runtimeFlags: readonly string[];
}

/** Docker Model Runner. All reject with `EngineError`. */
export interface ModelRunner {
  /** The names of the models that are there. */
  list(signal: AbortSignal): Promise<readonly string[]>;
  /** `onProgress`: told how far it is, a line each time. */
  pull(model: string, onProgress: (line: string) => void, signal: AbortSignal): Promise<void>;
  configure(model: string, settings: ModelSettings, signal: AbortSignal): Promise<void>;
  /** The address of its API, as containers reach it. */
  endpoint(signal: AbortSignal): Promise<string>;
}

/** Where a runner is found; `environment` is the project's. */
export interface ModelRunners {
  find(environment: Readonly<Record<string, string>>, signal: AbortSignal): Promise<ModelRunner | undefined>;
}

/** The names in a list of models, as the API and the plugin give it; none in anything else. */
export function tagsIn(models: unknown): readonly string[] {
  return (Array.isArray(models) ? models : []).flatMap(({ tags }: { tags?: unknown }) =>
    Array.isArray(tags) ? tags.map(String) : [],
  );
}
