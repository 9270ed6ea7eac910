import { describe, expect, it } from 'vitest';
import { formatMessage } from '#engine/api/message.ts';
import type { Cause } from '#engine/failure/explanation.ts';
import { explainFailure } from '#engine/failure/explain-failure.ts';
import type { ContainerFacts, FailureFacts, PeerFacts } from '#engine/failure/facts.ts';
import { listenersOf } from '#engine/failure/listeners.ts';

const container: ContainerFacts = {
  name: 'shop-web-1',
  state: 'exited',
  health: 'none',
  healthOutput: undefined,
  exitCode: 1,
  isOomKilled: false,
  error: '',
  restartCount: 0,
  memoryLimit: 0,
  user: '',
  command: ['server'],
  isInteractive: false,
  restarts: false,
  networkMode: 'shop_default',
  networks: ['shop_default'],
  published: [],
  mounts: [],
  missingSources: [],
  listeners: undefined,
};

const peer: PeerFacts = {
  service: 'db',
  state: 'running',
  health: 'none',
  exitCode: undefined,
  networks: ['shop_default'],
  names: ['db', 'shop-db-1'],
  addresses: ['172.18.0.2'],
  startedAt: 1000,
  listeners: [{ port: 5432, isLoopback: false }],
};

const facts: FailureFacts = {
  service: 'web',
  container,
  image: { name: 'web', isHere: true, platform: 'linux/amd64' },
  platform: 'linux/amd64',
  lines: [],
  peers: [peer],
  dependencies: {},
  isOff: false,
};

const wrote = (...lines: readonly string[]): FailureFacts => ({
  ...facts,
  lines: lines.map((text) => ({ text, time: 2000 })),
});

/** Lines as programs write them, and what they mean. */
const lines: readonly (readonly [string, Cause])[] = [
  ['Error: connect ECONNREFUSED 127.0.0.1:5432', 'own-loopback'],
  ['Error: connect ECONNREFUSED ::1:5432', 'own-loopback'],
  ['Error: connect ECONNREFUSED 172.18.0.2:5433', 'nobody-listens'],
  ['Error: connect ECONNREFUSED 172.18.0.2:5432', 'peer-still-starting'],
  ['Error: connect ECONNREFUSED 10.0.0.9:5432', 'connection-refused'],
  ['Error: getaddrinfo ENOTFOUND bd', 'unresolved-name'],
  ['could not translate host name "dbb" to address: Name or service not known', 'unresolved-name'],
  ['nginx: [emerg] host not found in upstream "api" in /etc/nginx/conf.d/default.conf:2', 'unresolved-name'],
  ['dial tcp: lookup redis on 127.0.0.11:53: no such host', 'unresolved-name'],
  ["ERROR 2002 (HY000): Can't connect to MySQL server on 'db:3306' (111)", 'nobody-listens'],
  ['org.postgresql.util.PSQLException: Connection to db:5433 refused.', 'nobody-listens'],
  [
    'redis.exceptions.ConnectionError: Error 111 connecting to db:6379. Connection refused.',
    'nobody-listens',
  ],
  ["Access denied for user 'shop'@'172.18.0.3' (using password: YES)", 'credentials'],
  ['Error: Database is uninitialized and superuser password is not specified.', 'variable-missing'],
  ["KeyError: 'DATABASE_URL'", 'variable-missing'],
  ['Error: DATABASE_URL is not set', 'variable-missing'],
  ["ModuleNotFoundError: No module named 'flask'", 'module-missing'],
  ["Error: ENOENT: no such file or directory, open '/app/.env'", 'file-missing'],
  ["Error: EACCES: permission denied, mkdir '/data/cache'", 'permission'],
  ["Error: EROFS: read-only file system, open '/app/out'", 'read-only'],
  ['Error: listen EADDRINUSE: address already in use :::3000', 'address-in-use'],
  ['Error: listen EACCES: permission denied 0.0.0.0:80', 'privileged-port'],
  ['nginx: [emerg] bind() to 0.0.0.0:80 failed (13: Permission denied)', 'privileged-port'],
  ['mkdir: can’t: No space left on device', 'disk-full'],
  ['OSError: [Errno 24] Too many open files', 'too-many-files'],
  ['FATAL:  lock file "postmaster.pid" already exists', 'lock-file'],
  ['exec /entrypoint.sh: exec format error', 'bad-program-format'],
  ['exec /entrypoint.sh: no such file or directory', 'interpreter-missing'],
  ['x509: certificate signed by unknown authority', 'certificate'],
  ['unknown flag: --prot', 'wrong-arguments'],
  ['java.lang.OutOfMemoryError: Java heap space', 'heap-limit'],
  ['the flux is out of phase', 'unknown'],
];

describe('why a service failed', () => {
  it.each(lines)('%s', (line, cause) => {
    expect(explainFailure(wrote('starting', line)).cause).toBe(cause);
  });

  it('takes no line for the reason when something else was said to fail after it', () => {
    const refused = 'Error: connect ECONNREFUSED 127.0.0.1:5432';
    expect(explainFailure(wrote(refused, '    at Socket.connect', '  errno: -111,')).cause).toBe(
      'own-loopback',
    );
    expect(explainFailure(wrote(refused, 'FATAL: phase lost')).cause).toBe('unknown');
    expect(explainFailure(wrote(`${refused}, retrying in 5 s`)).cause).toBe('unknown');
  });

  it('takes no line for the reason of an end that was asked for, or that went well', () => {
    const refused = wrote('Error: connect ECONNREFUSED 127.0.0.1:5432');
    for (const [exitCode, cause] of [
      [0, 'ended-well'],
      [137, 'killed'],
      [143, 'stopped'],
    ] as const)
      expect(explainFailure({ ...refused, container: { ...container, exitCode } }).cause).toBe(cause);
    const oom = { ...container, exitCode: 137, isOomKilled: true, memoryLimit: 64 * 1024 * 1024 };
    const found = explainFailure({ ...refused, container: oom });
    expect(formatMessage(found.what)).toContain('64MiB');
  });

  it('tells a name on another network from one that is not there and one that does not run', () => {
    const line = 'Error: getaddrinfo ENOTFOUND db';
    const of = (changed: Partial<PeerFacts>) =>
      explainFailure({ ...wrote(line), peers: [{ ...peer, ...changed }] }).cause;
    expect(of({ networks: ['shop_back'] })).toBe('no-shared-network');
    expect(of({ state: 'exited' })).toBe('peer-not-running');
    expect(of({ startedAt: 3000 })).toBe('peer-still-starting');
    // It is there, it runs, it is on the same network: nobody knows.
    expect(of({})).toBe('unknown');
  });

  it('shows the lines that it goes by', () => {
    const found = explainFailure(wrote('a', 'b', 'Error: getaddrinfo ENOTFOUND bd', '    at x'));
    expect(found.evidence.map(({ text }) => text)).toEqual([
      'a',
      'b',
      'Error: getaddrinfo ENOTFOUND bd',
      '    at x',
    ]);
  });

  it('reads what listens from the tables of the kernel', () => {
    const tables = `  sl  local_address rem_address   st
   0: 0B00007F:A0B1 00000000:0000 0A 0
   1: 0100007F:1538 00000000:0000 0A 0
   2: 00000000:0BB8 00000000:0000 0A 0
   3: 020012AC:0BB8 030012AC:D431 01 0
  sl  local_address                         remote_address                        st
   0: 00000000000000000000000001000000:18EB 00000000000000000000000000000000:0000 0A
   1: 00000000000000000000000000000000:1F90 00000000000000000000000000000000:0000 0A`;
    expect(listenersOf(tables)).toEqual([
      { port: 3000, isLoopback: false },
      { port: 5432, isLoopback: true },
      { port: 6379, isLoopback: true },
      { port: 8080, isLoopback: false },
    ]);
  });
});
