import { plainText } from '../terminal/sanitize.ts';

/** What a test came to, from what `up` wrote. */
export type Outcome =
  | { readonly kind: 'passed' }
  /** The test ran, and said no. `said`: the end of its own output. */
  | { readonly kind: 'failed'; readonly exitCode: number; readonly said: string }
  /** It never came to an answer: an image that is not there, a dependency that failed. */
  | { readonly kind: 'errored'; readonly said: string };

/** Lines of output that go into a message. */
const mostLines = 20;

/** `hasEnded`: the test's container has run to its end, so that `status` is its own. */
export function outcomeOf(service: string, status: number, output: string, hasEnded: boolean): Outcome {
  if (status === 0) return { kind: 'passed' };
  // Colours are no part of what was said.
  const lines = plainText(output).split(/\r?\n/);
  const prefix = new RegExp(`^${literally(service)}-\\d+\\s*\\| ?`);
  const own = lines.filter((text) => prefix.test(text)).map((text) => text.replace(prefix, ''));
  return hasEnded
    ? { kind: 'failed', exitCode: status, said: own.slice(-mostLines).join('\n') }
    : {
        kind: 'errored',
        said: lines
          .filter((text) => text !== '')
          .slice(-mostLines)
          .join('\n'),
      };
}

function literally(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
