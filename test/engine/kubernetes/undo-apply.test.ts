import { expect, it } from 'vitest';
import { objectsIn } from '#engine/kubernetes/live-object.ts';
import { changedSince, listOf, undoOf } from '#engine/kubernetes/undo-apply.ts';

const manifest = (image: string) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { annotations: {}, name: 'web', namespace: 'shop' },
  spec: { image },
});
const live = (image: string, more: object = {}) => ({
  ...manifest(image),
  metadata: {
    name: 'web',
    namespace: 'shop',
    uid: 'u',
    resourceVersion: '7',
    annotations: {
      'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(manifest(image)),
      'deployment.kubernetes.io/revision': '2',
    },
    ...more,
  },
  status: { readyReplicas: 1 },
});
const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'shop' }, spec: {} };

it('restores what was applied before, without what the cluster has added', () => {
  expect(undoOf([live('a:1')], [live('a:2')])).toEqual({
    restored: [manifest('a:1')],
    replaced: [manifest('a:2')],
    added: [],
  });
});

it('leaves alone what is the same', () => {
  expect(undoOf([live('a:1')], [live('a:1', { resourceVersion: '9' })])).toEqual({
    restored: [],
    replaced: [],
    added: [],
  });
});

it('knows what was not there, by kind, namespace and name', () => {
  const elsewhere = { ...service, metadata: { name: 'web', namespace: 'other' } };
  expect(undoOf([live('a:1'), elsewhere], [live('a:1'), service])).toEqual({
    restored: [],
    replaced: [],
    added: [service],
  });
});

it('takes an object that nobody applied as it stands', () => {
  const made = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'c', uid: 'u', labels: { a: 'b' }, managedFields: [] },
    data: { a: '1' },
  };
  const { restored } = undoOf([made], [{ ...made, data: { a: '2' } }]);
  expect(restored).toEqual([
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', labels: { a: 'b' } }, data: { a: '1' } },
  ]);
});

it('knows what somebody has changed or deleted since', () => {
  const undo = undoOf([live('a:1')], [live('a:2')]);
  expect(changedSince(undo, [live('a:2', { resourceVersion: '9' })])).toEqual([]);
  expect(changedSince(undo, [live('a:3')])).toEqual([manifest('a:2')]);
  expect(changedSince(undo, [])).toEqual([manifest('a:2')]);
});

it('hands kubectl a list, which it reads as it prints one', () => {
  expect(objectsIn(listOf([service]))).toEqual([service]);
  expect(objectsIn(JSON.stringify(service))).toEqual([service]);
  expect(objectsIn('')).toEqual([]);
  expect(objectsIn('No resources found')).toEqual([]);
});
