import { homedir } from 'node:os';
import { pathToFileURL } from 'node:url';
import type { FileSystem, Host, ReadResult } from '#compose/load/host.ts';
import { sizeLimits } from '#compose/load/read-limits.ts';
import { recordOf } from '#compose/values/record.ts';
import { decode } from '#disk/decode.ts';
import { diskFiles } from '#disk/disk-files.ts';
import { readNamedStream, readStream } from '#disk/named-stream.ts';
import type { BytesResult } from '#disk/read-bytes.ts';
import { systemPlatform } from '#disk/system-platform.ts';

/** What stands for standard input among files. */
const standardInputName = '-';

/**
 * The machine this process runs on: its disk, with these variables. What cannot be read is a result, never an error. `standardInput` is what the file
 * `-` holds; without it there is no such file, and no pipe is read.
 */
export function nodeHost(
  environment: Readonly<Record<string, string | undefined>>,
  home: string = homedir(),
  standardInput?: () => AsyncIterable<Uint8Array>,
): Host {
  const uris = new Map<string, string>([[standardInputName, 'stdin:']]);
  return {
    files: standardInput === undefined ? files : { ...files, read: withNamed(standardInput) },
    environment: recordOf(
      Object.entries(environment).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
    ),
    home,
    platform: systemPlatform,
    // Asked for each variable of a file; making one takes as long as reading ten lines.
    uriOf: (path) => {
      const known = uris.get(path);
      if (known !== undefined) return known;
      const uri = pathToFileURL(path).href;
      uris.set(path, uri);
      return uri;
    },
  };
}

/** For who reads a command line: what was named there may be standard input, or a pipe. */
function withNamed(standardInput: () => AsyncIterable<Uint8Array>): FileSystem['read'] {
  return async (path, kind = 'compose', named = false) => {
    if (path === standardInputName) return asText(await readStream(standardInput(), sizeLimits[kind]));
    const streamed = named ? await readNamedStream(path, kind) : undefined;
    return streamed === undefined ? files.read(path, kind) : asText(streamed);
  };
}

function asText(result: BytesResult): ReadResult {
  return result.kind === 'bytes' ? { kind: 'text', ...decode(result.bytes) } : result;
}

const files = diskFiles();
