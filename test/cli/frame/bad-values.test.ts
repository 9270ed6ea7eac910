import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { runCommand } from '../run-command.ts';

// Each sentence is the one that Docker Compose 2.40.3 wrote for the same line.
it.each([
  [
    'logs --index x web',
    'invalid argument "x" for "--index" flag: strconv.ParseInt: parsing "x": invalid syntax',
  ],
  [
    'stop -t 1.5',
    'invalid argument "1.5" for "-t, --timeout" flag: strconv.ParseInt: parsing "1.5": invalid syntax',
  ],
  [
    'ps --orphans=maybe',
    'invalid argument "maybe" for "--orphans" flag: strconv.ParseBool: parsing "maybe": invalid syntax',
  ],
  ['attach', 'requires at least 1 arg(s), only received 0'],
  ['exec web', 'requires at least 2 arg(s), only received 1'],
  ['commit', 'accepts between 1 and 2 arg(s), received 0'],
  ['cp a', "'docker compose cp' requires 2 arguments"],
  ['publish', "'docker compose publish' requires 1 argument"],
  ['wait', "'docker compose wait' requires at least 1 argument"],
  ['ls extra', 'unknown command "extra" for "docker compose ls"'],
  ['version extra', 'unknown command "extra" for "docker compose version"'],
  ['ls --format bogus', 'format value "bogus" could not be parsed: parsing failed'],
  [
    'ls --filter bogus',
    'invalid argument "bogus" for "--filter" flag: bad format of filter (expected name=value)',
  ],
  ['ls --filter status=x', "invalid filter 'status'"],
  ['port web 80x', 'strconv.ParseUint: parsing "80x": invalid syntax'],
  ['port web 99999', 'strconv.ParseUint: parsing "99999": value out of range'],
  ['scale web', 'invalid scale specifier: web'],
  ['scale web=', 'invalid scale specifier: web='],
  ['scale =3', 'invalid scale specifier: =3'],
  ['scale web=x', "invalid scale specifier: can't parse replica value as int: web=x"],
])('%s', async (line, message) => {
  const { status, errors } = await runCommand(line.split(' '), { cwd: tmpdir(), environment: {} });
  expect([status, errors]).toEqual([1, `${message}\n`]);
});

it('version prints itself whatever format is asked for', async () => {
  const { status, output } = await runCommand(['version', '--format', 'bogus'], {
    cwd: tmpdir(),
    environment: {},
  });
  expect([status, output]).toEqual([0, expect.stringMatching(/^Composure version /)]);
});
