import { chmod, readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { Followed } from '#engine/kubernetes/follow-rollout.ts';
import { applyKubernetesCommand } from '../../../client/src/kubernetes/apply-command.ts';
import { rememberConversion } from '../../../client/src/kubernetes/ask-conversion.ts';
import { rolloutReport, rolloutRowText } from '../../../client/src/kubernetes/rollout-text.ts';
import { undoKubernetesCommand } from '../../../client/src/kubernetes/undo-command.ts';
import { english } from '../translate.ts';
import { person } from '../support/person.ts';
import { state } from '../support/vscode.ts';
import { openWorkbench, stackNamed } from '../support/workbench.ts';

const object = (kind: string, name: string, image = '') => {
  const manifest = { apiVersion: 'v1', kind, metadata: { name, namespace: 'shop' }, spec: { image } };
  const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(manifest) };
  return { ...manifest, metadata: { ...manifest.metadata, annotations } };
};
const web = (image: string) => object('Deployment', 'web', image);

/**
 * A project that was converted, and a program in the place of kubectl: the cluster has `before` until the manifests are applied, then `after`. Its rollout ends
 * with `rollout`, a status of the shell. What it was given to read is in `input`.
 */
async function converted(before: readonly object[], after: readonly object[], rollout = 0) {
  const workbench = await openWorkbench({
    files: { 'compose.yaml': 'name: shop\nservices:\n  web: { image: nginx }\n', 'k8s/web.yaml': '' },
  });
  const at = (name: string) => workbench.path(name);
  const list = (items: readonly object[]) => JSON.stringify({ kind: 'List', items });
  await writeFile(at('before'), list(before));
  await writeFile(at('after'), list(after));
  await writeFile(
    at('kubectl'),
    `#!/bin/sh
echo "$@" >> ${at('calls')}
case "$1 $2" in
  "config current-context") echo home ;;
  "version "*) echo {} ;;
  "rollout "*) echo 'error: "web" exceeded its progress deadline' >&2; exit ${rollout} ;;
  "get -f") if [ -e ${at('asked')} ]; then cat ${at('after')}; else cat ${at('before')}; touch ${at('asked')}; fi ;;
  "apply -f") cat > ${at('restored')}; [ ! -e ${at('broken')} ] || { echo 'field is immutable' >&2; exit 1; } ;;
  "delete "*) cat > ${at('deleted')} ;;
esac
`,
  );
  await chmod(at('kubectl'), 0o755);
  state.settings.set('composure.kubernetes.kubectl', at('kubectl'));
  const stack = stackNamed(workbench, 'shop');
  const id = stack.declared?.reference.id ?? '';
  await rememberConversion(workbench, id, { directory: at('k8s') });
  const row = { kind: 'project', id: 'p', stack: stack.key };
  const read = (name: string) => readFile(at(name), 'utf8').catch(() => '');
  return {
    at,
    read,
    applied: () => workbench.rollouts.of(id),
    apply: () => applyKubernetesCommand(workbench, [row]),
    undo: () => undoKubernetesCommand(workbench, [row]),
  };
}

const specs = (text: string) =>
  (JSON.parse(text) as { items: { metadata: { name: string }; spec: { image: string } }[] }).items.map(
    ({ metadata, spec }) => `${metadata.name} ${spec.image}`,
  );

describe.skipIf(process.platform === 'win32')('what was applied', () => {
  it('is followed until it runs, and says so', async () => {
    const { apply, applied, read } = await converted([], [web('a:1')]);
    person.answers('Apply');
    await apply();
    expect(person.last).toMatchObject({
      text: 'k8s is applied to home. 1/1 running.',
      choices: ['Undo…'],
    });
    expect(applied()?.followed).toMatchObject([{ name: 'web', state: 'running' }]);
    expect(await read('calls')).toContain(
      'rollout status deployment/web --namespace=shop --timeout=10m --context=home',
    );
  });

  it('that does not start has its reason in a report', async () => {
    const { apply } = await converted([web('a:1')], [web('a:1')], 1);
    person.answers('Apply', 'Show Report');
    await apply();
    expect(person.saw('warning').at(-1)).toBe('k8s is applied to home. 0/1 running, not starting: web.');
    expect(person.saw('document').at(-1)).toContain('Rollout%20in%20home.txt');
  });

  it('is undone: what was there before is applied, what is new is deleted', async () => {
    const { apply, undo, read, applied } = await converted(
      [web('a:1')],
      [web('a:2'), object('Service', 'web')],
    );
    person.answers('Apply');
    await apply();
    person.answers('Undo and Delete New Objects');
    await undo();
    const question = person.shown.find(({ text }) => text === 'Undo the last apply to home?');
    expect(question?.choices).toEqual(['Undo', 'Undo and Delete New Objects']);
    expect(question?.detail).toContain('Applied as before: deployment/web.');
    expect(question?.detail).toContain('New: service/web.');
    expect(specs(await read('restored'))).toEqual(['web a:1']);
    expect(specs(await read('deleted'))).toEqual(['web ']);
    expect(person.last?.text).toBe('The last apply to home is undone. 1/1 running.');
    expect(applied()?.undo).toBeUndefined();
    await undo();
    expect(person.last?.text).toContain('Nothing to undo');
  });

  it('is undone without deleting anything', async () => {
    const { apply, undo, read } = await converted([web('a:1')], [web('a:2'), object('Service', 'web')]);
    person.answers('Apply');
    await apply();
    person.answers('Undo');
    await undo();
    expect(specs(await read('restored'))).toEqual(['web a:1']);
    expect(await read('deleted')).toBe('');
  });

  it('stays where nobody agrees', async () => {
    const { apply, undo, read, applied } = await converted([web('a:1')], [web('a:2')]);
    person.answers('Apply');
    await apply();
    await undo();
    expect(person.last?.choices).toEqual(['Undo']);
    expect(await read('restored')).toBe('');
    expect(applied()?.undo?.restored).toHaveLength(1);
  });

  it('can be undone where only a part was applied', async () => {
    const { apply, undo, read } = await converted([], [object('Service', 'web')]);
    state.taskEnds = ({ name }) => (name.startsWith('kubectl: apply') ? 1 : 0);
    person.answers('Apply');
    await apply();
    expect(person.last).toMatchObject({ kind: 'error', choices: ['Undo…'] });
    person.answers('Undo and Delete New Objects');
    await undo();
    expect(specs(await read('deleted'))).toEqual(['web ']);
    expect(await read('restored')).toBe('');
  });

  it('that a cluster does not take back says why, and what it will refuse before', async () => {
    const job = (image: string) => object('Job', 'seed', image);
    const withTemplate = (image: string) => {
      const manifest = { ...job(image), spec: { template: { image } } };
      const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(manifest) };
      return { ...manifest, metadata: { ...manifest.metadata, annotations }, status: { succeeded: 1 } };
    };
    const { apply, undo, at } = await converted([withTemplate('a')], [withTemplate('b')]);
    person.answers('Apply');
    await apply();
    await writeFile(at('broken'), '');
    person.answers('Undo');
    await undo();
    const question = person.shown.find(({ text }) => text === 'Undo the last apply to home?');
    expect(question?.detail).toContain('job/seed  spec.template: refused');
    expect(person.saw('error')).toEqual(['Not everything was undone in home: field is immutable']);
  });

  it('cannot be undone where nothing has changed', async () => {
    const { apply, applied } = await converted([web('a:1')], [web('a:1')]);
    person.answers('Apply');
    await apply();
    expect(person.last?.text).toBe('k8s is applied to home. 1/1 running.');
    expect(applied()?.undo).toBeUndefined();
  });
});

const followed = (state: Followed['state'], more: Partial<Followed> = {}): Followed => ({
  kind: 'Deployment',
  name: 'web',
  state,
  troubles: [],
  lines: [],
  givenUp: '',
  ...more,
});
const crash = {
  pod: 'web-1',
  container: 'main',
  reason: 'CrashLoopBackOff',
  message: 'back-off 40s',
  last: { exitCode: 1, reason: 'Error' },
  patience: 2,
};

it.each<[readonly Followed[], string]>([
  [[], ''],
  [[followed('running'), followed('waiting')], 'Kubernetes 1/2'],
  [
    [followed('running'), followed('failing', { troubles: [crash] })],
    'Kubernetes 1/2: web (CrashLoopBackOff)',
  ],
  [[1, 2, 3, 4].map((at) => followed('failing', { name: `w${at}` })), 'Kubernetes 0/4: w1, w2, w3, …'],
])('a row says of %j: %s', (all, expected) => {
  expect(rolloutRowText(all, english)).toBe(expected);
});

it('reports in the words of the cluster', () => {
  const all = [
    followed('running'),
    followed('failing', { name: 'api', troubles: [crash], lines: ['PASSWORD=hunter2 is wrong'] }),
    followed('failing', { name: 'db', givenUp: 'error: deadline' }),
  ];
  const text = rolloutReport('Rollout in home', all, english);
  expect(text).toBe(`Rollout in home

deployment/web: running

deployment/api: not starting
  web-1, main: CrashLoopBackOff
    back-off 40s
    Last exit code: 1 (Error)
  Last lines of its log:
    PASSWORD=*** is wrong

deployment/db: not starting
  error: deadline
`);
});
