import { type Message, say } from './message.ts';

/**
 * Why a registry does not give an image (or take one). `not-allowed` is also what a registry says that tells nobody what it has: there may be no such
 * image.
 */
export type PullFailure = 'not-found' | 'not-allowed' | 'unreachable' | 'rate-limit' | 'platform';

/** The first that matches: what the registry says counts more than that an address is named with it. */
const patterns: readonly (readonly [RegExp, PullFailure])[] = [
  [/toomanyrequests|rate limit|429 Too Many Requests/i, 'rate-limit'],
  [
    /no matching manifest for |does not match the specified platform|does not provide the specified platform|no match for platform|operating system is not supported|cannot be used on this platform/,
    'platform',
  ],
  [/pull access denied for (\S+?),|repository does not exist or may require/, 'not-allowed'],
  [
    /manifest for (\S+) not found|manifest unknown|name unknown|failed to resolve reference .*: not found/,
    'not-found',
  ],
  [
    /unauthorized|authentication required|denied: |no basic auth credentials|incorrect username or password|authorization failed/,
    'not-allowed',
  ],
  [
    /(?:Get|Head|Post|Put|do request:.*) "?https?:\/\/|server misbehaving|no such host|i\/o timeout|TLS handshake timeout|x509: |Temporary failure in name resolution|received unexpected HTTP status: 5\d\d/,
    'unreachable',
  ],
];

/** What kind of failure these words of an engine, a builder or a registry are, and the image where they name it; `undefined`: of none. */
export function classifyPullFailure(
  text: string,
): { readonly failure: PullFailure; readonly image: string | undefined } | undefined {
  for (const [pattern, failure] of patterns) {
    const match = pattern.exec(text);
    if (match === null) continue;
    // BuildKit names what it wanted to build on before it tells why there is none.
    const image = match[1] ?? /failed to resolve source metadata for (\S+): /.exec(text)?.[1];
    return { failure, image };
  }
  return undefined;
}

interface Words {
  readonly what: (image: string) => Message;
  readonly advice: Message;
}

const words: Readonly<Record<PullFailure, Words>> = {
  'not-found': {
    what: (image) => say`The registry does not have ${image}.`,
    advice: say`Check the name and the tag.`,
  },
  'not-allowed': {
    what: (image) =>
      say`The registry denied access to ${image}. The image does not exist, or you need to sign in.`,
    advice: say`Check the name, or sign in to its registry with "docker login".`,
  },
  unreachable: {
    what: (image) => say`The engine could not reach the registry of ${image}.`,
    advice: say`Check the engine's network, its proxy, and the image name.`,
  },
  'rate-limit': {
    what: (image) => say`The registry of ${image} has reached its rate limit for now.`,
    advice: say`Wait, or sign in with "docker login".`,
  },
  platform: {
    what: (image) => say`The registry has ${image}, but not for this platform.`,
    advice: say`Choose another tag or platform, or build the image.`,
  },
};

/** What every surface says of it: what has happened, and what to do. */
export function pullFailureWords(
  failure: PullFailure,
  image: string,
): { readonly what: Message; readonly advice: Message } {
  const { what, advice } = words[failure];
  return { what: what(image), advice };
}

/** What to do, where it is not known which image it is about. */
export function pullFailureAdvice(failure: PullFailure): Message {
  return words[failure].advice;
}
