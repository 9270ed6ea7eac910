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
  expect([
    after('image', 'nginx:alpine', 'Pulling', { fraction: 0.456 }),
    after('image', 'nginx:alpine', 'Pulled'),
    after('network', 'shop_default', 'Creating'),
    after('network', 'shop_default', 'Created'),
    after('container', 'shop-db-1', 'Creating'),
    after('container', 'shop-db-1', 'Started'),
    after('container', 'shop-db-1', 'Waiting'),
    after('container', 'shop-web-1', 'Starting'),
    after('container', 'shop-db-1', 'Healthy'),
    after('container', 'shop-web-1', 'Running'),
  ]).toEqual([
    '0/1 · nginx:alpine pulling 45 %',
    '1/1',
    '1/2 · default creating',
    '2/2',
    '2/3 · db-1 creating',
    '3/3',
    '2/3 · db-1 waiting',
    '2/4 · db-1 waiting, web-1 starting',
    '3/4 · web-1 starting',
    '4/4',
  ]);
});

it('names only a few of many', () => {
  const steps = new Steps('p', english);
  for (const name of ['a', 'b', 'c', 'd']) steps.report({ kind: 'container', name, status: 'Stopping' });
  expect(steps.text).toBe('0/4 · a stopping, b stopping, c stopping, …');
});

it('is at a container that is recreated until the new one is there', () => {
  const steps = new Steps('shop', english);
  steps.report({ kind: 'container', name: 'shop-web-1', status: 'Recreate' });
  expect(steps.text).toBe('0/1 · web-1 recreating');
  steps.report({ kind: 'container', name: 'shop-web-1', status: 'Recreated' });
  expect(steps.text).toBe('1/1');
});
