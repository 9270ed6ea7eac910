import { expect, it } from 'vitest';
import { Steps } from '../../../client/src/stack/operation-steps.ts';
import type { ProgressEvent } from '#engine/observe/progress.ts';
import { english } from '../translate.ts';

it('says how far an operation is and what it is at', () => {
  const steps = new Steps('shop', english);
  const after = (kind: ProgressEvent['kind'], name: string, status: ProgressEvent['status'], more = {}) => {
    steps.report({ kind, name, status, ...more });
    return steps.text;
  };
  const done = (count: number) => {
    steps.count(count, 4);
    return steps.text;
  };
  expect([
    after('image', 'nginx:alpine', 'Pulling', { fraction: 0.456 }),
    after('image', 'nginx:alpine', 'Pulled'),
    done(0),
    after('container', 'shop-db-1', 'Creating'),
    done(1),
    after('container', 'shop-db-1', 'Created'),
    done(2),
    after('container', 'shop-db-1', 'Waiting'),
    after('container', 'shop-web-1', 'Starting'),
    after('container', 'shop-db-1', 'Healthy'),
    done(4),
    after('container', 'shop-web-1', 'Running'),
  ]).toEqual([
    'nginx:alpine pulling 45%',
    '',
    '0/4',
    '0/4 · db-1 creating',
    '1/4 · db-1 creating',
    '1/4',
    '2/4',
    '2/4 · db-1 waiting',
    '2/4 · db-1 waiting, web-1 starting',
    '2/4 · web-1 starting',
    '4/4 · web-1 starting',
    '4/4',
  ]);
});

it('names only a few of many', () => {
  const steps = new Steps('p', english);
  for (const name of ['a', 'b', 'c', 'd']) steps.report({ kind: 'container', name, status: 'Stopping' });
  expect(steps.text).toBe('a stopping, b stopping, c stopping, …');
});

it('is at a container that is recreated until the new one is there', () => {
  const steps = new Steps('shop', english);
  steps.report({ kind: 'container', name: 'shop-web-1', status: 'Recreate' });
  expect(steps.text).toBe('web-1 recreating');
  steps.report({ kind: 'container', name: 'shop-web-1', status: 'Recreated' });
  expect(steps.text).toBe('');
});
