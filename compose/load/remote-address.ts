import { recordOf } from '../values/record.ts';

/** What `include`, `extends.file` and `-f` name that is not on this disk. */
export type RemoteAddress = GitAddress | ArtifactAddress;

export interface GitAddress {
  readonly kind: 'git';
  /** As it is written, without a password in it. */
  readonly shown: string;
  /** For `git`: without what follows a `#` or a `?`. */
  readonly repository: string;
  /** A branch, a tag, or a commit; `HEAD` where none is written. */
  readonly ref: string;
  /** A folder or a file of the repository; empty: its root. */
  readonly inside: string;
}

/** What `publish` wrote to a registry. */
export interface ArtifactAddress {
  readonly kind: 'oci';
  readonly shown: string;
  /** Without `oci://`. */
  readonly reference: string;
}

/**
 * An address as Docker Compose takes it: `oci://`, or BuildKit's form of a Git repository (`dfgitutil.ParseGitRef`), of which HTTP addresses end with `.git`.
 * `undefined`: the text is a path, or nothing that may be handed to `git`.
 */
export function remoteAddress(text: string): RemoteAddress | undefined {
  if (text.startsWith('oci://')) return { kind: 'oci', shown: text, reference: text.slice('oci://'.length) };
  const git = gitAddress(text);
  return git === undefined || isOption(git.repository) || isOption(git.ref) ? undefined : git;
}

/** A text that is meant to be fetched, in whatever form: it is no path here. */
export function looksRemote(text: string): boolean {
  return /^(?:https?:\/\/|git:\/\/|ssh:\/\/|github\.com\/|git@|oci:\/\/)/.test(text);
}

/** A full commit needs no question to its server. */
export function isCommit(ref: string): boolean {
  return /^[0-9a-f]{40}$/.test(ref);
}

/** What an address is known by: the same for every folder of a repository at one ref. */
export function sourceOf(address: RemoteAddress): string {
  return address.kind === 'oci' ? `oci://${address.reference}` : `${address.repository}#${address.ref}`;
}

function gitAddress(text: string): GitAddress | undefined {
  if (text.startsWith('./') || text.startsWith('../')) return undefined;
  const full = text.startsWith('github.com/') ? `https://${text}` : text;
  const url = /^(https?|ssh|git):\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/is.exec(full);
  if (url !== null) {
    const [, scheme = '', host = '', path = '', query, fragment] = url;
    const isHttp = scheme.toLowerCase().startsWith('http');
    if (isHttp && full === text && !path.endsWith('.git')) return undefined;
    // A host that begins with a dash would be an option of ssh.
    if (isOption(host) || host.includes('@-') || host === '') return undefined;
    return withParts(text, `${scheme.toLowerCase()}://${host}${path}`, query, fragment);
  }
  const scp = /^([a-zA-Z0-9-_]+@[a-zA-Z0-9.-]+:.*?)(?:\?(.*?))?(?:#(.*))?$/s.exec(text);
  if (scp === null || (scp[1] ?? '').includes('@-')) return undefined;
  return withParts(text, scp[1] ?? '', scp[2], scp[3]);
}

function withParts(
  text: string,
  repository: string,
  query: string | undefined,
  fragment: string | undefined,
): GitAddress | undefined {
  const [ref = '', ...inside] = decoded(fragment ?? '').split(':');
  const asked = queryOf(query ?? '');
  if (asked === undefined) return undefined;
  const { tag, branch } = asked;
  if (tag !== undefined && branch !== undefined) return undefined;
  const refs = new Set(
    [
      ref,
      asked.ref,
      tag === undefined ? undefined : under('refs/tags/', tag),
      branch === undefined ? undefined : under('refs/heads/', branch),
    ].filter((each) => each !== undefined && each !== ''),
  );
  const folders = new Set(
    [inside.join(':'), asked.subdir].filter((each) => each !== undefined && each !== ''),
  );
  if (refs.size > 1 || folders.size > 1) return undefined;
  const shown = text.replace(/^(\w+:\/\/[^/@:]*):[^/@]*@/, '$1:***@');
  const [only] = refs;
  const [folder] = folders;
  return { kind: 'git', shown, repository, ref: only ?? 'HEAD', inside: folder ?? '' };
}

const known: ReadonlySet<string> = new Set(['ref', 'tag', 'branch', 'subdir', 'checksum', 'commit']);
const flags: ReadonlySet<string> = new Set(['keep-git-dir', 'submodules']);

/** Each name once, with a value, but for flags; `undefined` for a query that Docker Compose takes for no address. */
function queryOf(query: string): Readonly<Record<string, string>> | undefined {
  const values: Record<string, string> = recordOf();
  for (const part of query === '' ? [] : query.split('&')) {
    const [name = '', ...rest] = part.split('=').map(decoded);
    const value = rest.join('=');
    if (values[name] !== undefined) return undefined;
    if (!flags.has(name) && (!known.has(name) || value === '')) return undefined;
    values[name] = value;
  }
  return values;
}

function under(prefix: string, name: string): string {
  return name.startsWith(prefix) ? name : prefix + name;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function isOption(text: string): boolean {
  return text.startsWith('-');
}

/** Whether a text is meant for a remote file, well-formed or not: everything else is a path. */
export function namesRemote(text: string): boolean {
  return looksRemote(text) || remoteAddress(text) !== undefined;
}
