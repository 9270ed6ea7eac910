import { expect, test } from 'vitest';
import type { LoadedProject } from '#compose/load/request.ts';
import type { Service } from '#compose/model/project.ts';
import { load } from '#compose/load/load.ts';
import { underDebugger } from '#engine/debug/under-debugger.ts';
import { memoryHost } from '../../compose/load/memory-host.ts';
import { debugOverride } from '../../../client/src/testing/debug-override.ts';
import { createLine, runLine, type TestSet } from '../../../client/src/testing/test-set.ts';

const set: TestSet = {
  file: '/w/compose.test.yaml',
  directory: '/w',
  files: ['/w/compose.yaml', '/w/compose.test.yaml'],
  project: 'shop-test',
  tests: ['unit'],
};

test('a test under the debugger lies on top of its files, and nothing is written', () => {
  expect(createLine(set, 'unit').words.slice(-3)).toEqual(['create', '--build', 'unit']);
  const words = runLine(set, 'unit', true).words.join(' ');
  expect(words).toContain('-f /w/compose.yaml -f /w/compose.test.yaml -f - up --abort');
  expect(runLine(set, 'unit').words).toContain('--build');
});

test('what lies on top is read as it was meant', async () => {
  const unit: Service = {
    command: ['node', 'test.js', '$HOME'],
    entrypoint: null,
    environment: { PRICE: '$5', FROM_HERE: null },
    healthcheck: { test: ['CMD', 'true'] },
    restart: 'always',
  };
  const project = { project: { name: 'p', services: { unit } } } as unknown as LoadedProject;
  const changed = underDebugger(project, 'unit', { runtime: 'node', image: { entrypoint: [], command: [] } });
  const text = debugOverride('unit', changed.project.services.unit as Service);
  const files = {
    '/w/compose.yaml':
      'name: p\nservices:\n  unit:\n    image: node\n    command: x\n    restart: always\n    healthcheck: {test: [CMD, "true"]}\n',
    '-': text,
  };
  const { loaded } = await load(memoryHost(files), { cwd: '/w', files: Object.keys(files) });
  expect(loaded?.project.services.unit).toMatchObject({
    command: ['node', '--inspect-brk=127.0.0.1:9229', 'test.js', '$HOME'],
    environment: { PRICE: '$5' },
    healthcheck: { disable: true },
    restart: 'no',
  });
});
