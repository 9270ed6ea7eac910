import { expect, test } from 'vitest';
import { type DockerfileCheck, formatCheck, readCheck } from '#engine/image-build/dockerfile-check.ts';

const text = 'from busybox as Base\nMAINTAINER me\nRUN true\nCMD echo hi\n';
const sources = [{ filename: 'Dockerfile', data: Buffer.from(text).toString('base64') }];
const at = (line: number) => ({ ranges: [{ start: { line }, end: { line } }] });
const read = (result: object): DockerfileCheck | undefined =>
  readCheck({ 'result.json': JSON.stringify({ sources, ...result }) });

test('a frontend that does not know the question has no result', () => {
  expect(readCheck({})).toBeUndefined();
});

test('what is found is in the order of its lines, and shown with those around it', () => {
  const check = read({
    warnings: [
      { ruleName: 'Shell', url: 'https://rules/shell', detail: 'Use JSON', location: at(4) },
      { ruleName: 'Casing', detail: 'Lowercase', location: at(1) },
    ],
  });
  expect(check && formatCheck(check, '/app/Dockerfile')).toBe(
    `Check complete, 2 warnings have been found!

WARNING: Casing
Lowercase
/app/Dockerfile:1
--------------------
   1 | >>> from busybox as Base
   2 |     MAINTAINER me
   3 |     RUN true
--------------------

WARNING: Shell - https://rules/shell
Use JSON
/app/Dockerfile:4
--------------------
   2 |     MAINTAINER me
   3 |     RUN true
   4 | >>> CMD echo hi
   5 | 
--------------------
`.replace('   5 | \n', '   5 |     \n'),
  );
});

test('a Dockerfile that cannot be read is an error; one without a place is said without', () => {
  const broken = read({ buildError: { message: 'unknown instruction', location: at(2) } });
  expect(broken?.error?.place?.ranges).toEqual([{ start: 2, end: 2 }]);
  expect(formatCheck(broken ?? { warnings: [] }, undefined)).toMatch(
    /^error: unknown instruction\nDockerfile:2\n/,
  );
  expect(formatCheck({ warnings: [{ rule: 'Odd', url: '', message: 'Somewhere' }] }, undefined)).toBe(
    'Check complete, 1 warning has been found!\n\nWARNING: Odd\nSomewhere\n',
  );
  expect(formatCheck({ warnings: [] }, undefined)).toBe('Check complete, no warnings found.\n');
});
