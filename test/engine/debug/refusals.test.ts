import { expect, test } from 'vitest';
import { EngineError } from '#engine/api/engine-error.ts';
import { openDebugger } from '#engine/debug/open-debugger.ts';
import { engineOf, type Scene } from './container.ts';

const never = new AbortController().signal;
const status = (user: number) => `Uid:\t${user}\t${user}\t${user}\t${user}\nCapEff:\t00000000a80425fb\n`;
const ptrace = (scope: number, user = 0) => ({
  stdout: [`${scope}\n`, status(0), status(user)].join('--composure--\n'),
});
const go: Scene = { image: 'golang', runs: ['/app/server'], programs: ['sh', 'dlv', 'nc'] };
const python: Scene = { runs: ['python3 app.py'], programs: ['sh', 'gdb', 'python3'] };
const php: Scene = { runs: ['apache2-foreground'], programs: ['sh', 'php'] };
const listensNot = [/awaits|time\.time/, { exitCode: 1 }] as const;

test.each<[string, Scene, RegExp]>([
  ['a Windows container', { os: 'windows' }, /is a Windows container: .* Linux containers only/],
  ['a container that does not run', { state: 'exited' }, /is not running: start it/],
  ['a program of nothing known', { runs: ['/bin/thing'] }, /cannot be told what .* runs/],
  [
    'no shell to look with, in an image without anything',
    { image: 'golang', runs: ['/app/server'], programs: [] },
    /its image holds no shell/,
  ],
  ['Go without Delve', { ...go, programs: ['sh', 'nc'] }, /Delve is not in the image/],
  ['Go without a relay', { ...go, programs: ['sh', 'dlv'] }, /nothing that could relay/],
  ['Go under emulation', { ...go, architecture: 'arm64' }, /under emulation \(arm64 on amd64\)/],
  ['Go below Yama', { ...go, answers: [[/ptrace_scope/, ptrace(1)]] }, /lacks the capability SYS_PTRACE/],
  ['Go of another user', { ...go, answers: [[/ptrace_scope/, ptrace(0, 65534)]] }, /lacks .* SYS_PTRACE/],
  ['Go where nobody may', { ...go, answers: [[/ptrace_scope/, ptrace(3)]] }, /does not allow debuggers/],
  [
    'Python without debugpy',
    { ...python, answers: [listensNot, [/import debugpy/, { exitCode: 1 }]] },
    /debugpy is not in the image/,
  ],
  [
    'Python under emulation',
    { ...python, architecture: 'arm64', answers: [listensNot] },
    /under emulation \(arm64 on amd64\)/,
  ],
  [
    'Python without ptrace',
    { ...python, answers: [listensNot, [/ptrace_scope/, ptrace(1)]] },
    /lacks the capability SYS_PTRACE/,
  ],
  [
    'Python that seccomp keeps from ptrace',
    {
      ...python,
      answers: [listensNot, [/--pid/, { stdout: 'ptrace: Operation not permitted.', exitCode: 1 }]],
    },
    /lacks the capability SYS_PTRACE/,
  ],
  [
    'Python without gdb',
    { ...python, programs: ['sh'], answers: [listensNot, [/--pid/, { exitCode: 1 }]] },
    /takes gdb in the image/,
  ],
  [
    'Node of another user',
    { runs: ['node a.js'], answers: [[/SIGUSR1/, { stdout: '{"error":"EPERM"}', exitCode: 1 }]] },
    /belongs to another user/,
  ],
  [
    'Node that does not listen to signals',
    { runs: ['node a.js'], answers: [[/SIGUSR1/, { stdout: '{"error":"TIMEOUT"}', exitCode: 1 }]] },
    /does not answer SIGUSR1/,
  ],
  ['Java without JDWP', { runs: ['java -jar a.jar'] }, /started without JDWP/],
  [
    'Java without a relay',
    { runs: ['java -agentlib:jdwp=transport=dt_socket,address=5005 -jar a.jar'] },
    /nothing that could relay/,
  ],
  [
    'PHP without Xdebug',
    { ...php, answers: [[/xdebug_info/, { stdout: '{"modes":null}' }]] },
    /Xdebug 3 is not in/,
  ],
  [
    'PHP with Xdebug that is not to debug',
    {
      ...php,
      answers: [[/xdebug_info/, { stdout: '{"modes":["develop"],"host":"localhost","port":9003}' }]],
    },
    /set these variables: XDEBUG_MODE="debug", XDEBUG_TRIGGER="yes", XDEBUG_CONFIG="client_host=127.0.0.1 /,
  ],
  [
    'PHP with Xdebug that calls elsewhere',
    { ...php, answers: [[/xdebug_info/, { stdout: '{"modes":["debug"],"host":"10.0.0.1","port":9003}' }]] },
    /does not call a debugger on the container's own loopback/,
  ],
  ['PHP without a relay', { ...php, programs: ['sh'] }, /nothing that could relay to it \(php, python3\)/],
  ['Ruby without rdbg', { runs: ['ruby a.rb'] }, /was not started by rdbg/],
  ['.NET without vsdbg', { runs: ['dotnet a.dll'] }, /vsdbg is not in the image/],
])('%s', async (_, scene, said) => {
  const error: unknown = await openDebugger(engineOf(scene), 'c', {}, never).catch((failure) => failure);
  expect(error).toBeInstanceOf(EngineError);
  expect((error as EngineError).message).toMatch(said);
  expect((error as EngineError).capability).toBe(
    /SYS_PTRACE/.test((error as EngineError).message) ? 'SYS_PTRACE' : undefined,
  );
});
