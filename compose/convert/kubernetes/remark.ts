import type { Phrase } from '../../problem/phrase.ts';

/** What of the compose file did not go over, or not as it stands there. */
export interface Remark {
  /** `services.web.ports[0].host_ip` */
  readonly path: string;
  /** Why, and what to do instead. */
  readonly reason: Phrase;
}
