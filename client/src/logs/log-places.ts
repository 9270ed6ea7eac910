import { posix } from 'node:path';
import type { MountPoint, PublishedPort } from '#engine/api/engine-objects.ts';

/**
 * Where a path that a container wrote may be on the disk: through its mounts, the most specific first, and never above what is mounted. Paths of
 * files, not looked at.
 */
export function hostPaths(written: string, mounts: readonly MountPoint[]): readonly string[] {
  if (!written.startsWith('/')) return [];
  const path = posix.normalize(written);
  return mounts
    .filter(({ type, destination }) => type === 'bind' && isBelow(path, destination))
    .sort((a, b) => b.destination.length - a.destination.length)
    .map(({ source, destination }) => posix.join(source, path.slice(destination.replace(/\/$/, '').length)));
}

/** The endings of a path to look for in the workspace, the longest first: of `/app/src/a.js` these are `app/src/a.js`, `src/a.js`, `a.js`. */
export function endings(path: string): readonly string[] {
  const parts = path
    .replace(/^[A-Za-z]:/, '')
    .split(/[\\/]/)
    .filter((part) => part !== '' && part !== '.' && part !== '..');
  return parts.map((_, i) => parts.slice(i).join('/'));
}

/**
 * The address as it is reached from here: a program tells the port it listens on in its container, which is published as another. An address
 * elsewhere stays as it is.
 */
export function reachableUrl(url: string, ports: readonly PublishedPort[]): string {
  if (!URL.canParse(url)) return url;
  const parsed = new URL(url);
  if (!/^(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1?\])$/.test(parsed.hostname)) return url;
  const port = Number(parsed.port || (parsed.protocol === 'https:' ? 443 : 80));
  const published = ports.find(
    ({ containerPort, hostPort }) => containerPort === port && hostPort !== undefined,
  );
  parsed.hostname = 'localhost';
  if (published?.hostPort !== undefined) parsed.port = String(published.hostPort);
  return parsed.href;
}

function isBelow(path: string, folder: string): boolean {
  const base = folder.replace(/\/$/, '');
  return path === base || path.startsWith(`${base}/`);
}
