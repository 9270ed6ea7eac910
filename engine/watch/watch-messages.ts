/** What a watch has to say, in the order of its happening. */
export type WatchMessage =
  | { readonly kind: 'enabled' }
  | { readonly kind: 'syncing'; readonly service: string; readonly count: number }
  | { readonly kind: 'rebuilding'; readonly services: readonly string[] }
  | { readonly kind: 'built'; readonly services: readonly string[] }
  | { readonly kind: 'restarted'; readonly services: readonly string[] }
  /** A line of a builder, or of a command that was run in a container. */
  | { readonly kind: 'output'; readonly service: string; readonly line: string }
  /** A change that could not be carried over; the watch goes on. */
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'warning'; readonly text: string };

/** In Docker Compose's words. */
export function formatWatchMessage(message: WatchMessage): string {
  switch (message.kind) {
    case 'enabled':
      return 'Watch enabled';
    case 'syncing':
      return `Syncing service "${message.service}" after ${message.count} changes were detected`;
    case 'rebuilding':
      return `Rebuilding service(s) ${list(message.services)} after changes were detected...`;
    case 'built':
      return `service(s) ${list(message.services)} successfully built`;
    case 'restarted':
      return `service(s) ${list(message.services)} restarted`;
    case 'output':
      return message.line;
    case 'failed':
      return `Error handling changed files: ${message.reason}`;
    case 'warning':
      return message.text;
  }
}

function list(services: readonly string[]): string {
  return `[${services.map((name) => JSON.stringify(name)).join(' ')}]`;
}
