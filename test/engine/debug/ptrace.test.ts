import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import type { LoadedProject } from '#compose/load/request.ts';
import type { Service } from '#compose/model/project.ts';
import {
  type PtraceFacts,
  type PtraceRefusal,
  ptraceRefusal,
  ptraceScript,
  readPtraceFacts,
} from '#engine/debug/ptrace.ts';
import { withCapability } from '#engine/debug/with-capability.ts';

const facts = (scope: number, capable: boolean, sameUser: boolean): PtraceFacts => ({
  scope,
  capable,
  sameUser,
});

test.each<[PtraceFacts, PtraceRefusal | undefined]>([
  [facts(0, false, true), undefined],
  [facts(0, false, false), 'capability'],
  [facts(0, true, false), undefined],
  // Debian and Ubuntu set it to 1: only descendants may be entered.
  [facts(1, false, true), 'capability'],
  [facts(1, true, true), undefined],
  [facts(2, false, true), 'capability'],
  [facts(2, true, false), undefined],
  [facts(3, true, true), 'kernel'],
])('%j: %s', (given, expected) => {
  expect(ptraceRefusal(given)).toBe(expected);
});

const status = (user: number, capabilities: string) =>
  `Name:\tsh\nUid:\t${user}\t${user}\t${user}\t${user}\nCapPrm:\t${capabilities}\nCapEff:\t${capabilities}\n`;
const said = (...parts: readonly string[]) => parts.join('--composure--\n');

test.each<[string, PtraceFacts | undefined]>([
  [said('1\n', status(0, '00000000a80425fb'), status(0, '00000000a80425fb')), facts(1, false, true)],
  [said('', status(0, '00000000a80c25fb'), status(1000, '0000000000000000')), facts(0, true, false)],
  [said('0\n', status(0, '00000000a80425fb'), ''), undefined],
  ['', undefined],
])('what the container says is read: %#', (text, expected) => {
  expect(readPtraceFacts(text)).toEqual(expected);
});

test('the script says it of a process', () => {
  const text = execFileSync('sh', ['-c', ptraceScript, 'sh', String(process.pid)], { encoding: 'utf8' });
  expect(readPtraceFacts(text)).toMatchObject({ sameUser: true });
});

test.each<[Partial<Service>, Partial<Service>]>([
  [{}, { cap_add: ['SYS_PTRACE'] }],
  [{ cap_add: ['NET_ADMIN'] }, { cap_add: ['NET_ADMIN', 'SYS_PTRACE'] }],
  [
    { cap_add: ['SYS_PTRACE'], cap_drop: ['ALL'] },
    { cap_add: ['SYS_PTRACE'], cap_drop: ['ALL'] },
  ],
  [{ cap_drop: ['cap_sys_ptrace', 'MKNOD'] }, { cap_add: ['SYS_PTRACE'], cap_drop: ['MKNOD'] }],
])('the capability is added in memory to %j', (service, expected) => {
  const loaded = { project: { name: 'p', services: { web: service, db: {} } } } as unknown as LoadedProject;
  const changed = withCapability(loaded, 'web', 'SYS_PTRACE');
  expect(changed.project.services.web).toEqual({ ...service, ...expected });
  expect(changed.project.services.db).toBe(loaded.project.services.db);
  expect(loaded.project.services.web).toBe(service);
});
