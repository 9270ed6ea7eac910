import { join } from 'node:path';
import { EngineError } from '../api/engine-error.ts';
import { say } from '../api/message.ts';

/** The systems whose disks hold different names. */
export type FileSystem = 'linux' | 'darwin' | 'win32';

export function fileSystemOf(platform: NodeJS.Platform): FileSystem {
  return platform === 'win32' || platform === 'darwin' ? platform : 'linux';
}

/** Whether a disk of that system can hold a file of this name, which is one part of a path. */
export function isHeldName(name: string, system: FileSystem): boolean {
  if (name === '' || name === '.' || name === '..' || /[\0/]/.test(name)) return false;
  if (system !== 'win32') return Buffer.byteLength(name) <= 255;
  return (
    name.length <= 255 &&
    // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what Windows does not hold
    !/[\u0001-\u001f<>:"\\|?*]|[. ]$/.test(name) &&
    !/^(?:con|prn|aux|nul|(?:com|lpt)[0-9¹²³]|conin\$|conout\$)(?:\s*\.|$)/i.test(name)
  );
}

/** What two names have in common that are the same file there. */
export function sameNameKey(path: string, system: FileSystem): string {
  return system === 'linux' ? path : path.normalize('NFC').toLowerCase();
}

/** The path of a file in a folder of this machine; the name comes from elsewhere. Throws `EngineError` when it is none, or leads out of the folder. */
export function pathIn(folder: string, name: string): string {
  if (isHeldName(name, fileSystemOf(process.platform))) return join(folder, name);
  throw new EngineError('invalid', say`${JSON.stringify(name)} is not a valid file name on this system.`);
}
