/** What a file is read as: each kind has a size beyond which it is no such file, but a mistake or an attack. */
export type FileKind = 'compose' | 'env' | 'dockerfile' | 'content' | 'settings';

/** Bytes that are read of a file at most. */
export const sizeLimits: Readonly<Record<FileKind, number>> = {
  compose: 10_000_000,
  /** Env files and label files. */
  env: 10_000_000,
  dockerfile: 4_000_000,
  /** Of a config or secret: those of engines hold 1 MB at most, and BuildKit's. */
  content: 4_000_000,
  /** `.dclintrc`, `.dockerignore`, a seccomp profile, what the Docker CLI keeps. */
  settings: 4_000_000,
};
