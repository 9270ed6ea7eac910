import type { Message } from '../api/message.ts';

/** What a plan leaves as it is, although one may expect otherwise. Worded in `plan-words.ts`. */
export type PlanWarning =
  | { readonly kind: 'orphans'; readonly containers: readonly string[] }
  | { readonly kind: 'foreign-network'; readonly network: string; readonly project: string | undefined }
  | {
      readonly kind: 'second-network';
      readonly network: string;
      readonly key: string;
      readonly used: string;
    }
  | {
      readonly kind: 'foreign-volume';
      readonly volume: string;
      /** Whose it is, where that is known. */
      readonly owner: string | undefined;
      readonly project: string;
    }
  | { readonly kind: 'volume-kept'; readonly volume: string }
  /** More containers than host ports: all but `room` of them cannot start. */
  | {
      readonly kind: 'too-few-ports';
      readonly service: string;
      readonly published: string;
      readonly room: number;
      readonly wanted: number;
    }
  | { readonly kind: 'nothing-to-remove'; readonly project: string }
  /** What of a service does not go to the engine. */
  | { readonly kind: 'request'; readonly said: Message };
