import { createPrivateKey, type JsonWebKey, type KeyObject, sign } from 'node:crypto';
import { SshReader, sshString } from './ssh-bytes.ts';

/** A private key, and how it is known to the other side. */
export interface SshKey {
  readonly key: KeyObject;
  /** The public half as in `authorized_keys`, decoded. */
  readonly blob: Buffer;
}

/** Why a key cannot be used. */
export type SshKeyFailure = 'encrypted' | 'unknown';

/**
 * Reads a private key without a passphrase: OpenSSH's own format (https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.key) or PEM, of the
 * kinds Ed25519, RSA, and ECDSA. Never throws.
 */
export function readSshKey(text: string): SshKey | SshKeyFailure {
  try {
    const body = /-----BEGIN OPENSSH PRIVATE KEY-----([\s\S]*?)-----END/.exec(text)?.[1];
    if (body !== undefined) return readOpenSsh(Buffer.from(body, 'base64'));
    if (/ENCRYPTED/.test(text)) return 'encrypted';
    const key = createPrivateKey(text);
    const blob = publicBlob(key.export({ format: 'jwk' }));
    return blob === undefined ? 'unknown' : { key, blob };
  } catch {
    return 'unknown';
  }
}

function readOpenSsh(data: Buffer): SshKey | SshKeyFailure {
  const magic = 'openssh-key-v1\0';
  if (data.subarray(0, magic.length).toString('latin1') !== magic) return 'unknown';
  const outer = new SshReader(data.subarray(magic.length));
  if (outer.text() !== 'none') return 'encrypted';
  outer.bytes();
  outer.bytes();
  if (outer.number() !== 1) return 'unknown';
  const blob = outer.bytes();
  const inner = new SshReader(outer.bytes());
  // The same number twice, by which a wrong passphrase is found.
  const check = inner.number();
  if (inner.number() !== check) return 'unknown';
  const jwk = readPrivate(inner.text(), inner);
  return jwk === undefined ? 'unknown' : { key: createPrivateKey({ key: jwk, format: 'jwk' }), blob };
}

function readPrivate(type: string, reader: SshReader): JsonWebKey | undefined {
  if (type === 'ssh-ed25519') {
    const x = reader.bytes();
    return { kty: 'OKP', crv: 'Ed25519', x: url(x), d: url(reader.bytes().subarray(0, 32)) };
  }
  if (type === 'ssh-rsa') {
    const [n, e, d, qi, p, q] = Array.from({ length: 6 }, () => reader.integer()) as [
      Buffer,
      Buffer,
      Buffer,
      Buffer,
      Buffer,
      Buffer,
    ];
    const part = (prime: Buffer) => fromBig(toBig(d) % (toBig(prime) - 1n));
    return {
      kty: 'RSA',
      ...{ n: url(n), e: url(e), d: url(d), p: url(p), q: url(q), qi: url(qi) },
      ...{ dp: url(part(p)), dq: url(part(q)) },
    };
  }
  const curve = curves.find(({ ssh }) => type === `ecdsa-sha2-${ssh}`);
  if (curve === undefined) return undefined;
  reader.bytes();
  const point = reader.bytes();
  const half = (point.length - 1) / 2;
  const d = reader.integer();
  return {
    kty: 'EC',
    crv: curve.crv,
    x: url(point.subarray(1, 1 + half)),
    y: url(point.subarray(1 + half)),
    d: url(Buffer.concat([Buffer.alloc(Math.max(0, half - d.length)), d])),
  };
}

const curves = [
  { ssh: 'nistp256', crv: 'P-256', hash: 'sha256' },
  { ssh: 'nistp384', crv: 'P-384', hash: 'sha384' },
  { ssh: 'nistp521', crv: 'P-521', hash: 'sha512' },
] as const;

function publicBlob({ kty, crv, x = '', y = '', n = '', e = '' }: JsonWebKey): Buffer | undefined {
  if (kty === 'OKP' && crv === 'Ed25519') return Buffer.concat([sshString('ssh-ed25519'), sshString(raw(x))]);
  if (kty === 'RSA')
    return Buffer.concat([sshString('ssh-rsa'), sshString(positive(raw(e))), sshString(positive(raw(n)))]);
  const curve = curves.find((each) => each.crv === crv);
  if (curve === undefined) return undefined;
  const point = Buffer.concat([Buffer.from([4]), raw(x), raw(y)]);
  return Buffer.concat([sshString(`ecdsa-sha2-${curve.ssh}`), sshString(curve.ssh), sshString(point)]);
}

/** Of the agent's protocol: which hash an RSA signature is made with. */
const [sha256, sha512] = [2, 4];

/** The signature as SSH writes it. */
export function signWith({ key }: SshKey, data: Uint8Array, flags: number): Buffer {
  if (key.asymmetricKeyType === 'ed25519')
    return Buffer.concat([sshString('ssh-ed25519'), sshString(sign(null, data, key))]);
  if (key.asymmetricKeyType === 'rsa') {
    const [name, hash] =
      (flags & sha512) !== 0
        ? ['rsa-sha2-512', 'sha512']
        : (flags & sha256) !== 0
          ? ['rsa-sha2-256', 'sha256']
          : ['ssh-rsa', 'sha1'];
    return Buffer.concat([sshString(name), sshString(sign(hash, data, key))]);
  }
  const crv = key.export({ format: 'jwk' }).crv;
  const curve = curves.find((each) => each.crv === crv);
  const pair = sign(curve?.hash ?? 'sha256', data, { key, dsaEncoding: 'ieee-p1363' });
  const numbers = [pair.subarray(0, pair.length / 2), pair.subarray(pair.length / 2)].map((half) =>
    sshString(positive(half)),
  );
  return Buffer.concat([sshString(`ecdsa-sha2-${curve?.ssh ?? ''}`), sshString(Buffer.concat(numbers))]);
}

/** As an integer without a sign: no zeros in front but the one that keeps it positive. */
function positive(bytes: Buffer): Buffer {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start += 1;
  const short = bytes.subarray(start);
  return ((short[0] ?? 0) & 0x80) === 0 ? short : Buffer.concat([Buffer.from([0]), short]);
}

function url(bytes: Buffer): string {
  return bytes.toString('base64url');
}

function raw(text: string): Buffer {
  return Buffer.from(text, 'base64url');
}

function toBig(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString('hex')}`);
}

function fromBig(value: bigint): Buffer {
  const hex = value.toString(16);
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
}
