/** What the extension and the page of the statistics say to each other. */

/** What one container uses at one moment. Sizes are in bytes, rates in bytes a second. */
export interface StatsSample {
  /** The container's. */
  readonly id: string;
  /** The stack's key, for what is to be opened. */
  readonly stack: string;
  readonly project: string;
  readonly service: string;
  /** Without the project's: `web-1`. */
  readonly name: string;
  /** As the tree has it: `healthy`, `running`, … */
  readonly state: string;
  /** What its colour says: `good`, `busy`, `warning`, `bad`, `quiet`. */
  readonly tone: string;
  /** The same in the user's language. */
  readonly stateText: string;
  readonly cpuPercent: number;
  readonly memory: number;
  readonly memoryLimit: number;
  readonly received: number;
  readonly sent: number;
  readonly read: number;
  readonly written: number;
  readonly processes: number;
}

export type ToStats = {
  readonly type: 'samples';
  readonly samples: readonly StatsSample[];
  /** All there are, to choose from. */
  readonly projects: readonly string[];
  /** The one that is shown; empty: all. */
  readonly project: string;
  /** Containers that are not followed, there being too many. */
  readonly left: number;
  /** Why nothing is known, where that is so. */
  readonly unknown?: string;
};

export type FromStats =
  | { readonly type: 'ready' }
  | { readonly type: 'project'; readonly project: string }
  | {
      readonly type: 'open';
      readonly what: 'up' | 'stop' | 'restart' | 'logs' | 'shell';
      readonly stack: string;
      readonly service: string;
      /** Absent: the whole service. */
      readonly container?: string;
    };

export interface StatsTexts {
  readonly title: string;
  readonly project: string;
  readonly allProjects: string;
  readonly byService: string;
  readonly name: string;
  readonly cpu: string;
  readonly memory: string;
  readonly network: string;
  readonly disk: string;
  readonly processes: string;
  readonly networkHint: string;
  readonly diskHint: string;
  /** Letters before what is read and what is written. */
  readonly read: string;
  readonly written: string;
  readonly actions: string;
  readonly total: string;
  /** With `{0}` for how many. */
  readonly containers: string;
  readonly left: string;
  readonly none: string;
  readonly logs: string;
  readonly shell: string;
  readonly stop: string;
  /** What the keys do, for the page's help. */
  readonly keys: string;
  readonly keysButton: string;
  readonly filter: string;
  readonly noMatch: string;
}
