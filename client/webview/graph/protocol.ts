/** What the extension and the page of the graph say to each other. */

export interface GraphService {
  readonly name: string;
  /** As the tree has it: `healthy`, `running`, `failed`, `absent`, … */
  readonly state: string;
  /** What its colour says: `good`, `busy`, `warning`, `bad`, `quiet`. */
  readonly tone: string;
  /** What its shape says. */
  readonly glyph: string;
  /** What the tree says of it: `healthy · :8080 · 3 min`. */
  readonly description: string;
  readonly image: string | undefined;
  /** `8080 → 80`. */
  readonly ports: readonly string[];
  readonly networks: readonly string[];
  readonly profiles: readonly string[];
  readonly volumes: readonly string[];
  readonly dependencies: readonly GraphDependency[];
  /** Whether there is a line to go to, a log to show, a shell to open. */
  readonly can: { readonly file: boolean; readonly logs: boolean; readonly shell: boolean };
}

export interface GraphDependency {
  readonly on: string;
  /** In the user's language: `healthy`, `completed`; empty for `service_started`. */
  readonly condition: string;
  readonly required: boolean;
}

export interface GraphModel {
  readonly title: string;
  readonly services: readonly GraphService[];
  readonly networks: readonly string[];
  readonly volumes: readonly string[];
}

export type ToGraph = { readonly type: 'graph'; readonly model: GraphModel };

/** What can be done with a service of the picture. */
export type ServiceAction = 'file' | 'logs' | 'shell' | 'up' | 'stop' | 'restart';

export type FromGraph =
  | { readonly type: 'ready' }
  | { readonly type: 'open'; readonly what: ServiceAction; readonly service: string }
  /** In every form that it can be saved in; `png` in base64. */
  | {
      readonly type: 'export';
      readonly svg: string;
      readonly png: string;
      readonly mermaid: string;
    };

export type GroupBy = 'none' | 'network' | 'profile';

export interface GraphTexts {
  readonly graph: string;
  readonly list: string;
  readonly export: string;
  readonly file: string;
  readonly logs: string;
  readonly shell: string;
  readonly dependsOn: string;
  readonly ports: string;
  readonly networks: string;
  readonly volumes: string;
  readonly image: string;
  readonly empty: string;
  readonly zoomIn: string;
  readonly zoomOut: string;
  readonly fit: string;
  readonly search: string;
  readonly group: string;
  readonly groups: Readonly<Record<GroupBy, string>>;
  /** The group of what has no network, or no profile. */
  readonly ungrouped: string;
  readonly keys: string;
  readonly keysText: string;
}
