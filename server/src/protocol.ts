/**
 * What the client and the server say to each other beyond the Language Server Protocol.
 * The one file the client takes from the server: types and method names only.
 */

/** Client → server: the projects the user chose, in order of preference. Replaces what was sent before. */
export const SetProjects = 'composure/setProjects';

export interface SetProjectsParams {
  readonly projects: readonly ChosenProject[];
}

export interface ChosenProject {
  /** Absolute, in the order of `-f`. */
  readonly files: readonly string[];
  readonly projectDirectory?: string;
  readonly projectName?: string;
  readonly envFiles?: readonly string[];
  readonly profiles?: readonly string[];
}

/** Client → server: what the engine knows, for suggestions. Optional, never waited for. */
export const EngineFacts = 'composure/engineFacts';

export interface EngineFactsParams {
  /** References of local images: `postgres:16`. */
  readonly images: readonly string[];
  /** Of images that a service is waited for to be healthy: whether they bring a health check. Absent: not known. */
  readonly healthChecks?: Readonly<Record<string, boolean>>;
  /** References of images of which the registry has newer content. */
  readonly older?: readonly string[];
  /** Whether Docker Model Runner is there for services with `models`. Absent: not known. */
  readonly modelRunner?: boolean;
}

/** `initializationOptions` of the initialize request. All of it is optional. */
export interface InitializationOptions {
  readonly settings?: Partial<Settings>;
  /** Where `docs/diagnostics.md` can be read; a fragment with the code is added. */
  readonly diagnosticsPage?: string;
  /** False in an untrusted workspace: nothing outside the workspace folders is read. */
  readonly trusted?: boolean;
  /** False: only documents that are open are diagnosed, whatever the setting says. */
  readonly workspaceDiagnostics?: boolean;
  /** Absolute: a folder of the server's own, for what it keeps from one start to the next. */
  readonly storage?: string;
}

/** The section `composure` of the client's configuration, as far as the server reads it. */
export interface Settings {
  readonly diagnostics: {
    /** Per code: overrides the default severity. */
    readonly severity: Readonly<Record<string, SeveritySetting>>;
    /** The hints about production practice: `off`, `essential` (tags, secrets, obsolete keys) or `all`. */
    readonly practice: 'off' | 'essential' | 'all';
    /** Whether files are diagnosed before they are opened. */
    readonly workspace: boolean;
  };
  /** The Docker Compose that files are meant for, `2.20`, or `swarm`; empty: the newest. */
  readonly targetVersion: string;
  readonly inlayHints: { readonly variables: boolean };
  readonly format: { readonly enable: boolean };
  /** `stackFiles`: patterns of the files that are deployed to a swarm. */
  readonly swarm: { readonly stackFiles: readonly string[] };
  /** Whether registries are asked for the tags of images. */
  readonly images: { readonly registry: boolean };
}

export type SeveritySetting = 'off' | 'hint' | 'information' | 'warning' | 'error';

/** Server → client, in the browser, where the client has the files: the content of one. */
export const ReadFile = 'composure/readFile';

export interface ReadFileParams extends FileParams {
  /** Bytes; a larger file is not read. */
  readonly limit: number;
}

export type ReadFileResult =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unreadable'; readonly reason: string }
  | { readonly kind: 'too-large'; readonly limit: number };

/** Server → client, in the browser: what is at a URI. */
export const StatFile = 'composure/statFile';

export type StatFileResult = 'file' | 'directory' | 'other' | 'missing';

/** Server → client, in the browser: the names in a folder. */
export const ListFolder = 'composure/listFolder';

export type ListedFolder = readonly string[];

export interface FileParams {
  readonly uri: string;
}

/** Client → server: a document's project as manifests of Kubernetes, for clients that cannot load it themselves. */
export const ConvertToKubernetes = 'composure/convertToKubernetes';

/** `undefined` as `manifests`: the project has errors. */
export interface KubernetesResult {
  /** One stream of YAML. */
  readonly manifests?: string;
  /** What is not in them as in the compose files, a line each. */
  readonly remarks: string;
}
