import { constants } from 'node:fs';
import { open, readdir, realpath, stat } from 'node:fs/promises';

/** What reading a file asks of the system. Tests put slow, changing and endless files in its place. */
export interface DiskPort {
  /** Symbolic links followed. */
  stat(path: string): Promise<Found>;
  realpath(path: string): Promise<string>;
  readdir(path: string): Promise<readonly string[]>;
  /** Never waits for another process, whatever is at the path by now. */
  open(path: string): Promise<OpenFile>;
  readonly after: Timer;
}

/** Calls back once after so many milliseconds, unless the returned function is called before. */
export type Timer = (milliseconds: number, callback: () => void) => () => void;

export interface Found {
  readonly size: number;
  isFile(): boolean;
  isDirectory(): boolean;
  isFIFO(): boolean;
  isSocket(): boolean;
}

export interface OpenFile {
  stat(): Promise<Found>;
  read(into: Uint8Array, offset: number, length: number): Promise<{ readonly bytesRead: number }>;
  close(): Promise<void>;
}

/** Windows knows neither of them, nor pipes among files. */
export const neverWaiting = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);

export const nodeDisk: DiskPort = {
  stat: (path) => stat(path),
  realpath: (path) => realpath(path),
  readdir: (path) => readdir(path),
  open: (path) => open(path, neverWaiting),
  after: (milliseconds, callback) => {
    const timer = setTimeout(callback, milliseconds);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
