import type { AttestationOptions } from './attestations.ts';

export interface BuildOptions extends AttestationOptions {
  /** `--build-arg`. */
  readonly args?: Readonly<Record<string, string>>;
  readonly noCache?: boolean;
  /** Every platform of `build.platforms`; absent: the one that the service runs on. */
  readonly allPlatforms?: boolean;
  readonly pull?: boolean;
  /** SSH agents for all services, as `build.ssh` has them. */
  readonly ssh?: readonly string[];
  /** Bytes for each step; BuildKit has no such limit. */
  readonly memory?: number;
  /** The classic builder where BuildKit could be used (`DOCKER_BUILDKIT=0`). */
  readonly classic?: boolean;
  /** One image after those of the services it depends on, as Docker Compose 2 without bake (`COMPOSE_BAKE=0`). */
  readonly inOrder?: boolean;
  /** What the builder prints, line by line. */
  readonly onOutput?: (service: string, line: string) => void;
}
