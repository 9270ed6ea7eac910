import { expect, it } from 'vitest';
import type { LiveObject } from '#engine/kubernetes/live-object.ts';
import { troublesOf } from '#engine/kubernetes/pod-troubles.ts';

const workload = {
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { selector: { matchLabels: { app: 'web' } } },
};
/** A pod as `kubectl get pods -o json` prints it, as far as it is looked at. */
const pod = (status: object, metadata: object = {}): LiveObject => ({
  kind: 'Pod',
  metadata: {
    name: 'web-6d4b-x1',
    namespace: 'shop',
    uid: 'u1',
    creationTimestamp: '2026-11-30T10:00:00Z',
    labels: { app: 'web', 'pod-template-hash': '6d4b' },
    ...metadata,
  },
  status,
});
const waiting = (reason: string, message: string, more: object = {}) => ({
  phase: 'Pending',
  containerStatuses: [
    { name: 'web', ready: false, restartCount: 0, state: { waiting: { reason, message } }, ...more },
  ],
});
const warning = (reason: string, message: string, uid = 'u1'): LiveObject => ({
  kind: 'Event',
  reason,
  message,
  involvedObject: { kind: 'Pod', name: 'web-6d4b-x1', uid },
});
const found = (objects: readonly LiveObject[], events: readonly LiveObject[] = []) =>
  troublesOf(workload, objects, events);

it('says that an image cannot be pulled', () => {
  expect(found([pod(waiting('ImagePullBackOff', 'Back-off pulling image "nginx:nope"'))])).toEqual([
    {
      pod: 'web-6d4b-x1',
      container: 'web',
      reason: 'ImagePullBackOff',
      message: 'Back-off pulling image "nginx:nope"',
      patience: 2,
    },
  ]);
});

it('says how a container ended that crashes again and again, and waits for the first restarts', () => {
  const crashing = (restartCount: number) =>
    waiting('CrashLoopBackOff', 'back-off 40s restarting failed container', {
      restartCount,
      lastState: { terminated: { exitCode: 137, reason: 'OOMKilled' } },
    });
  expect(found([pod(crashing(3))])).toMatchObject([
    { reason: 'CrashLoopBackOff', last: { exitCode: 137, reason: 'OOMKilled' }, patience: 2 },
  ]);
  expect(found([pod(crashing(1))])).toMatchObject([{ patience: Number.POSITIVE_INFINITY }]);
});

it('says the same of an init container', () => {
  const status = waiting('CreateContainerConfigError', 'secret "s" not found');
  expect(
    found([
      pod({ phase: 'Pending', initContainerStatuses: status.containerStatuses, containerStatuses: [] }),
    ]),
  ).toMatchObject([{ reason: 'CreateContainerConfigError', message: 'secret "s" not found' }]);
});

it('takes the scheduler at its word', () => {
  const message = '0/3 nodes are available: 3 Insufficient memory.';
  const status = {
    phase: 'Pending',
    conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }],
  };
  expect(found([pod(status)])).toMatchObject([{ reason: 'Unschedulable', message }]);
});

it('has from the events what no state says: a volume, a probe', () => {
  const creating = waiting('ContainerCreating', '');
  expect(found([pod(creating)])).toEqual([]);
  expect(found([pod(creating)], [warning('FailedMount', 'configmap "c" not found')])).toMatchObject([
    { reason: 'FailedMount', message: 'configmap "c" not found', patience: 8 },
  ]);
  const running = {
    phase: 'Running',
    containerStatuses: [{ name: 'web', ready: false, state: { running: {} } }],
  };
  expect(found([pod(running)], [warning('Unhealthy', 'Readiness probe failed')])).toMatchObject([
    { reason: 'Unhealthy', patience: Number.POSITIVE_INFINITY },
  ]);
  // One of the pod of the same name before it.
  expect(found([pod(running)], [warning('FailedMount', 'old', 'u0')])).toEqual([]);
});

it('has nothing against pods that run, have ended well, or are ending', () => {
  const ready = {
    phase: 'Running',
    containerStatuses: [{ name: 'web', ready: true, state: { running: {} } }],
  };
  expect(found([pod(ready)], [warning('Unhealthy', 'Readiness probe failed')])).toEqual([]);
  expect(found([pod({ phase: 'Succeeded' })])).toEqual([]);
  const stuck = waiting('ImagePullBackOff', 'm');
  expect(found([pod(stuck, { deletionTimestamp: '2026-11-30T10:00:00Z' })])).toEqual([]);
});

it('looks only at pods of the newest template, and of this workload', () => {
  const old = pod(waiting('ImagePullBackOff', 'the mistake that is mended'), {
    name: 'web-old',
    creationTimestamp: '2026-11-30T09:00:00Z',
    labels: { app: 'web', 'pod-template-hash': 'old' },
  });
  const other = pod(waiting('ImagePullBackOff', 'm'), {
    labels: { app: 'db' },
    creationTimestamp: '2026-11-30T11:00:00Z',
  });
  expect(found([old, pod({ phase: 'Running', containerStatuses: [] }), other])).toEqual([]);
  expect(found([old, other])).toMatchObject([{ pod: 'web-old' }]);
});

it('says why there is no pod at all', () => {
  const message = 'pods "web-" is forbidden: exceeded quota: small';
  const condition = { type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message };
  expect(found([{ ...workload, status: { conditions: [condition] } }])).toMatchObject([
    { pod: 'web', reason: 'FailedCreate', message },
  ]);
  const event = { reason: 'FailedCreate', message, involvedObject: { name: 'web' } };
  expect(found([], [event])).toMatchObject([{ pod: 'web', message }]);
  expect(found([])).toEqual([]);
});

it('takes whatever kubectl may print', () => {
  for (const odd of [{}, { kind: 'Pod' }, { kind: 'Pod', status: 'x', metadata: { labels: { app: 'web' } } }])
    expect(troublesOf(workload, [odd], [{}])).toEqual([]);
  expect(troublesOf({}, [pod(waiting('ImagePullBackOff', 'm'))], [])).toEqual([]);
});
