import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import {
  type Followed,
  followRollout,
  type Kubectl,
  workloadsIn,
} from '#engine/kubernetes/follow-rollout.ts';

const of = (kind: string, name: string, status: object = {}) => ({
  kind,
  metadata: { name, namespace: 'shop' },
  spec: { selector: { matchLabels: { app: name } } },
  status,
});
const pod = (app: string, ...containerStatuses: readonly object[]) => ({
  kind: 'Pod',
  metadata: { name: `${app}-1`, labels: { app } },
  status: { phase: 'Pending', containerStatuses },
});
const stuck = (reason: string, more: object = {}) => ({
  name: 'main',
  state: { waiting: { reason, message: `why ${reason}` } },
  ...more,
});
const never = new AbortController().signal;
const done = (output = '') => ({ ok: true, output, errors: '' });

/** A cluster that has this list of pods and Jobs at each look, the last one again and again. `rollouts`: how each ends; one that is not in it does not end by itself. */
function cluster(
  looks: readonly (readonly object[])[],
  rollouts: Readonly<Record<string, 'done' | string>> = {},
) {
  const calls: string[] = [];
  let at = 0;
  const kubectl: Kubectl = async (words, signal) => {
    calls.push(words.join(' '));
    if (words[0] === 'get' && words[1] !== 'events')
      return done(JSON.stringify({ kind: 'List', items: looks[Math.min(at++, looks.length - 1)] ?? [] }));
    if (words[0] !== 'rollout') return done(words[0] === 'logs' ? 'one\n\ncannot reach db\n' : '');
    const end = rollouts[words[2] ?? ''];
    if (end === 'done') return done();
    if (end !== undefined) return { ok: false, output: '', errors: end };
    if (!signal.aborted) await once(signal, 'abort');
    return { ok: false, output: '', errors: 'ended' };
  };
  return { kubectl, calls };
}

const follow = (kubectl: Kubectl, workloads: readonly object[], signal = never) =>
  followRollout(kubectl, workloads as never, () => {}, signal, 1);
const said = (followed: readonly Followed[]) =>
  followed.map(({ kind, name, state, troubles }) =>
    [kind, name, state, ...troubles.map(({ reason }) => reason)].join(' '),
  );

describe('a rollout', () => {
  it('is followed by kubectl, in the namespace of each workload', async () => {
    const { kubectl, calls } = cluster([[]], { 'deployment/web': 'done', 'statefulset/db': 'done' });
    expect(said(await follow(kubectl, [of('Deployment', 'web'), of('StatefulSet', 'db')]))).toEqual([
      'Deployment web running',
      'StatefulSet db running',
    ]);
    expect(calls).toContain('rollout status deployment/web --namespace=shop --timeout=10m');
  });

  it('is given up when a pod does not start for a reason that lasts', async () => {
    const { kubectl } = cluster([[], [pod('web', stuck('ImagePullBackOff'))]]);
    expect(said(await follow(kubectl, [of('Deployment', 'web')]))).toEqual([
      'Deployment web failing ImagePullBackOff',
    ]);
  });

  it('goes on where the reason went away', async () => {
    const { kubectl, calls } = cluster([[pod('web', stuck('ErrImagePull'))], [pod('web', { ready: true })]]);
    const abort = new AbortController();
    const followed: (readonly Followed[])[] = [];
    const result = followRollout(
      kubectl,
      [of('Deployment', 'web')],
      (now) => {
        followed.push(now);
        if (calls.filter((each) => each.startsWith('get pods')).length > 12) abort.abort();
      },
      abort.signal,
      1,
    );
    expect(said(await result)).toEqual(['Deployment web waiting']);
    expect(said(followed[0] ?? [])).toEqual(['Deployment web waiting ErrImagePull']);
  });

  it('of one of two that does not start lets the other one end', async () => {
    const { kubectl } = cluster([[pod('web', stuck('InvalidImageName'))]], { 'deployment/db': 'done' });
    expect(said(await follow(kubectl, [of('Deployment', 'web'), of('Deployment', 'db')]))).toEqual([
      'Deployment web failing InvalidImageName',
      'Deployment db running',
    ]);
  });

  it('has the last lines of a container that crashes', async () => {
    const { kubectl, calls } = cluster([
      [
        pod(
          'web',
          stuck('CrashLoopBackOff', {
            restartCount: 4,
            lastState: { terminated: { exitCode: 1, reason: 'Error' } },
          }),
        ),
      ],
    ]);
    const [web] = await follow(kubectl, [of('Deployment', 'web')]);
    expect(web).toMatchObject({ state: 'failing', lines: ['one', 'cannot reach db'] });
    expect(web?.troubles[0]?.last).toEqual({ exitCode: 1, reason: 'Error' });
    expect(calls).toContain('logs web-1 --container=main --namespace=shop --previous --tail=5');
  });

  it('that kubectl gives up has its reason', async () => {
    const { kubectl } = cluster([[]], {
      'deployment/web': 'Waiting\nerror: deployment "web" exceeded its progress deadline\n',
    });
    expect(await follow(kubectl, [of('Deployment', 'web')])).toMatchObject([
      { state: 'failing', givenUp: 'error: deployment "web" exceeded its progress deadline' },
    ]);
  });

  it('is no longer waited for once somebody says so', async () => {
    const { kubectl } = cluster([[]]);
    expect(said(await follow(kubectl, [of('Deployment', 'web')], AbortSignal.abort()))).toEqual([
      'Deployment web waiting',
    ]);
  });

  it('survives a cluster in which nothing may be looked at', async () => {
    const kubectl: Kubectl = async () => ({ ok: false, output: 'x', errors: 'forbidden' });
    expect(await follow(kubectl, [of('Deployment', 'web')])).toMatchObject([
      { state: 'failing', givenUp: 'forbidden' },
    ]);
  });
});

describe('a Job', () => {
  it.each<[string, object, readonly object[]]>([
    ['running', { succeeded: 1 }, []],
    ['running', { conditions: [{ type: 'Complete', status: 'True' }] }, []],
    ['running', {}, [pod('seed', { name: 'a', state: { running: { startedAt: 'now' } } })]],
    ['failing', { conditions: [{ type: 'Failed', status: 'True' }] }, []],
    ['failing', {}, [pod('seed', stuck('InvalidImageName'))]],
  ])('is %s with %j', async (state, status, pods) => {
    const { kubectl, calls } = cluster([[of('Job', 'seed', status), ...pods]]);
    expect(await follow(kubectl, [of('Job', 'seed')])).toMatchObject([{ state }]);
    expect(calls.some((each) => each.startsWith('rollout'))).toBe(false);
  });
});

it('follows what has pods, and nothing else', () => {
  const all = ['Service', 'Deployment', 'CronJob', 'Job', 'DaemonSet', 'ConfigMap'];
  expect(workloadsIn(all.map((kind) => of(kind, 'x'))).map(({ kind }) => kind)).toEqual([
    'Deployment',
    'Job',
    'DaemonSet',
  ]);
});
