import type { Offer } from './buildkit/session-services.ts';
import type { Builder, SolveRequest } from './buildkit/solve.ts';
import type {
  DiskUsage,
  ImageDetails,
  ImageLayer,
  PruneKind,
  Pruned,
  RemoteImage,
  PullProgress,
} from './engine-objects.ts';

/** Images, and the registries they come from and go to. See `EnginePort` for what holds of all calls. */
export interface ImageCalls {
  inspectImage(reference: string, signal: AbortSignal): Promise<ImageDetails>;
  listImages(
    filter: { readonly labels: readonly string[] },
    signal: AbortSignal,
  ): Promise<readonly ImageDetails[]>;
  removeImage(reference: string, options: { readonly force?: boolean }, signal: AbortSignal): Promise<void>;
  /** Progress as the engine reports it, until the image is there. */
  pullImage(
    reference: string,
    options: { readonly platform?: string },
    signal: AbortSignal,
  ): AsyncIterable<PullProgress>;
  /** What is known here of registries' users, by registry, as the CLI's `config.json` has it under `auths`. None where none may be looked for. */
  credentials(signal: AbortSignal): Promise<Readonly<Record<string, object>>>;
  /** What the registry has under a reference, without pulling it. Rejects as a pull would: `image-missing`, `pull-denied`, … */
  inspectRemoteImage(reference: string, signal: AbortSignal): Promise<RemoteImage>;
  /** Removes what nothing uses of one kind: of images all of those, not only the nameless. Resolves with what went. */
  prune(kind: PruneKind, signal: AbortSignal): Promise<Pruned>;
  /** What its layers were made by, the newest first. */
  inspectImageHistory(reference: string, signal: AbortSignal): Promise<readonly ImageLayer[]>;
  /** The image as a tar archive, which `loadImage` takes. Ending the iteration destroys the socket. */
  exportImage(reference: string, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
  /** Takes the images of an archive. Yields what the engine says of each, until they are there. */
  loadImage(archive: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncIterable<PullProgress>;
  /** What takes room. The engine measures each volume, which takes a while. */
  inspectDisk(signal: AbortSignal): Promise<DiskUsage>;
  tagImage(reference: string, repository: string, tag: string, signal: AbortSignal): Promise<void>;
  /** Progress as the engine reports it, until the registry has it. */
  pushImage(reference: string, signal: AbortSignal): AsyncIterable<PullProgress>;
  /**
   * `parameters` are the query of `POST /build`; `context` is a tar archive, absent where the engine fetches it. For the registries of
   * `baseImages`, credentials go with it (the classic builder's way). Yields the lines of the engine's answer; that a step has failed is in them.
   */
  buildImage(
    parameters: Readonly<Record<string, unknown>>,
    options: {
      readonly context: AsyncIterable<Uint8Array> | undefined;
      readonly baseImages: readonly string[];
    },
    signal: AbortSignal,
  ): AsyncIterable<unknown>;
  /**
   * Builds with BuildKit, which asks for what is offered while it builds (API 1.39: `POST /grpc` and `POST /session`). Yields its status messages, and
   * rejects when a step fails.
   */
  solveBuild(request: SolveRequest, offer: Offer, signal: AbortSignal): AsyncIterable<Uint8Array>;
  /**
   * Asks the Dockerfile frontend a question (`frontend.lint`) instead of having it build. Resolves with what it answers, by name (`result.json` …); an empty
   * record is the answer of a frontend that does not know the question. Rejects as `solveBuild` does.
   */
  askBuilder(
    question: string,
    request: SolveRequest,
    offer: Offer,
    signal: AbortSignal,
  ): Promise<Readonly<Record<string, string>>>;
  /** What there is to know of BuildKit before it builds; `undefined`: this engine has none that can be spoken to. */
  inspectBuilder(signal: AbortSignal): Promise<Builder | undefined>;
}
