/** Why a step is in a plan. Worded in `plan-words.ts`, in the reader's language; nothing reads the words. */
export type Cause =
  // Images
  | { readonly kind: 'not-on-engine' }
  | { readonly kind: 'pull-policy'; readonly policy: string }
  | { readonly kind: 'other-platform'; readonly platform: string }
  // What is there, and is not as the files have it
  | { readonly kind: 'missing' }
  | { readonly kind: 'no-container' }
  | { readonly kind: 'renamed' }
  /** `environment.DEBUG`, `ports`; empty: not known which. */
  | { readonly kind: 'config-changed'; readonly attributes: readonly string[] }
  | { readonly kind: 'image-newer' }
  | { readonly kind: 'mounted-image-newer' }
  | { readonly kind: 'mounted-volume-changed' }
  | { readonly kind: 'volume-not-mounted'; readonly volume: string }
  | { readonly kind: 'network-changed'; readonly network: string }
  | { readonly kind: 'network-renamed'; readonly network: string }
  | { readonly kind: 'network-recreated'; readonly network: string }
  | { readonly kind: 'network-not-connected'; readonly network: string }
  | { readonly kind: 'shares-with-recreated'; readonly service: string }
  | { readonly kind: 'scaled'; readonly from: number; readonly to: number }
  | { readonly kind: 'orphan' }
  | { readonly kind: 'left-by-hook' }
  | { readonly kind: 'interrupted-replacement' }
  // What follows from another step
  | { readonly kind: 'replaced'; readonly step: number }
  | { readonly kind: 'predecessor-gone' }
  | { readonly kind: 'dependency-recreated'; readonly service: string }
  | { readonly kind: 'dependency-restarted' }
  | { readonly kind: 'dependency-of'; readonly service: string }
  | { readonly kind: 'not-running' }
  | { readonly kind: 'paused' }
  | { readonly kind: 'no-file'; readonly what: 'secret' | 'config'; readonly name: string }
  | { readonly kind: 'hook'; readonly phase: 'pre_start' | 'post_start' | 'pre_stop' }
  /** Before it answers to its service's names. */
  | { readonly kind: 'tried-first' }
  | { readonly kind: 'taken-back' }
  // What somebody wants
  | { readonly kind: 'project-down' }
  | { readonly kind: 'asked-for'; readonly what: AskedFor };

export type AskedFor =
  | 'recreation'
  | 'waiting'
  | 'stopping'
  | 'restarting'
  | 'pausing'
  | 'unpausing'
  | 'killing'
  | 'removal';

/** What cannot be brought back after a step. */
export type Loss =
  | { readonly kind: 'volume-data'; readonly volume: string }
  | { readonly kind: 'anonymous-volume-data' }
  /** They stay on the engine, and nothing uses them any more. */
  | { readonly kind: 'anonymous-volumes-not-kept' };
