// Certificates for an engine on loopback and for who may talk to it, as `docker` names the files.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './processes.mjs';

/**
 * Writes `ca.pem`, `cert.pem` and `key.pem` (a client's) and `server-cert.pem`, `server-key.pem` into a folder.
 *
 * @param {string} folder
 */
export async function writeCertificates(folder) {
  await mkdir(folder, { recursive: true });
  const file = (/** @type {string} */ name) => join(folder, name);
  const openssl = (/** @type {string[]} */ ...words) => run('openssl', words, { cwd: folder });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  await openssl(
    ...[
      'req',
      '-x509',
      ...key,
      '-keyout',
      'ca-key.pem',
      '-out',
      'ca.pem',
      '-subj',
      '/CN=authority',
      '-days',
      '30',
    ],
  );
  await writeFile(file('server.cnf'), 'subjectAltName=IP:127.0.0.1\nextendedKeyUsage=serverAuth\n');
  await writeFile(file('client.cnf'), 'extendedKeyUsage=clientAuth\n');
  for (const [kind, prefix] of [
    ['server', 'server-'],
    ['client', ''],
  ]) {
    await openssl(
      ...[
        'req',
        '-new',
        ...key,
        '-keyout',
        `${prefix}key.pem`,
        '-out',
        `${kind}.csr`,
        '-subj',
        `/CN=${kind}`,
      ],
    );
    await openssl(
      ...['x509', '-req', '-in', `${kind}.csr`, '-CA', 'ca.pem', '-CAkey', 'ca-key.pem', '-CAcreateserial'],
      ...['-days', '30', '-extfile', `${kind}.cnf`, '-out', `${prefix}cert.pem`],
    );
  }
}
