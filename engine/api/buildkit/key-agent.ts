import { SshReader, sshString } from './ssh-bytes.ts';
import { type SshKey, signWith } from './ssh-key.ts';

// https://datatracker.ietf.org/doc/html/draft-ietf-sshm-ssh-agent
const failure = 5;
const requestIdentities = 11;
const identitiesAnswer = 12;
const signRequest = 13;
const signResponse = 14;
/** Bytes: no request that an agent answers is longer. */
const longest = 256 * 1024;

/** An SSH agent that lists its keys and signs with them, and does nothing else: they never leave it. One for each connection. */
export class KeyAgent {
  readonly #keys: readonly SshKey[];
  #waiting: Buffer = Buffer.alloc(0);

  constructor(keys: readonly SshKey[]) {
    this.#keys = keys;
  }

  /** Takes what a client writes, in pieces of any size; what to answer. Throws `RangeError` at a request that is too long. */
  answer(part: Uint8Array): readonly Buffer[] {
    this.#waiting = Buffer.concat([this.#waiting, part]);
    const answers: Buffer[] = [];
    while (this.#waiting.length >= 4) {
      const length = this.#waiting.readUInt32BE(0);
      if (length > longest) throw new RangeError('too long a request for an SSH agent');
      if (this.#waiting.length < 4 + length) break;
      answers.push(sshString(this.#reply(this.#waiting.subarray(4, 4 + length))));
      this.#waiting = this.#waiting.subarray(4 + length);
    }
    return answers;
  }

  #reply(request: Buffer): Buffer {
    try {
      if (request[0] === requestIdentities) return this.#identities();
      if (request[0] === signRequest) return this.#sign(new SshReader(request.subarray(1)));
    } catch {
      // A request that is cut off, or for what a key cannot do.
    }
    return Buffer.from([failure]);
  }

  #identities(): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(this.#keys.length);
    const keys = this.#keys.flatMap(({ blob }) => [sshString(blob), sshString('')]);
    return Buffer.concat([Buffer.from([identitiesAnswer]), count, ...keys]);
  }

  #sign(request: SshReader): Buffer {
    const wanted = request.bytes();
    const data = request.bytes();
    const key = this.#keys.find(({ blob }) => blob.equals(wanted));
    if (key === undefined) return Buffer.from([failure]);
    return Buffer.concat([Buffer.from([signResponse]), sshString(signWith(key, data, request.number()))]);
  }
}
