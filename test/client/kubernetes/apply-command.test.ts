import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { applyKubernetesCommand } from '../../../client/src/kubernetes/apply-command.ts';
import { rememberConversion } from '../../../client/src/kubernetes/ask-conversion.ts';
import { clusterProblem } from '../../../client/src/kubernetes/cluster-text.ts';
import { manifestFolders } from '../../../client/src/kubernetes/manifest-folders.ts';
import { english } from '../translate.ts';
import { person } from '../support/person.ts';
import { happenings, state, type Task } from '../support/vscode.ts';
import { openWorkbench, stackNamed } from '../support/workbench.ts';

const compose = 'name: shop\nservices:\n  web: { image: nginx }\n';

/** A project that was converted to `k8s`, with these files there, and a program in the place of kubectl: there is no cluster here. */
async function converted(files: readonly string[], answers = 'config) echo home ;; *) echo {} ;;') {
  const paths = Object.fromEntries(files.map((path) => [`k8s/${path}`, '']));
  const workbench = await openWorkbench({ files: { 'compose.yaml': compose, ...paths } });
  const program = workbench.path('kubectl');
  await writeFile(program, `#!/bin/sh\ncase "$1" in ${answers} esac\n`);
  await chmod(program, 0o755);
  state.settings.set('composure.kubernetes.kubectl', program);
  const stack = stackNamed(workbench, 'shop');
  await rememberConversion(workbench, stack.declared?.reference.id ?? '', {
    directory: workbench.path('k8s'),
  });
  const row = { kind: 'project', id: 'p', stack: stack.key };
  return { workbench, row, program, apply: () => applyKubernetesCommand(workbench, [row]) };
}

/** What kubectl was started with, in terminals. */
const ran = () =>
  person.shown.flatMap(({ kind, options }) =>
    kind === 'task' ? [(options as Task).execution.args.join(' ')] : [],
  );

describe.skipIf(process.platform === 'win32')('Apply to Kubernetes', () => {
  it('has the cluster check the manifests, and applies them once that is agreed to', async () => {
    const { apply, workbench } = await converted(['web-deployment.yaml']);
    person.answers('Apply');
    await apply();
    const folder = workbench.path('k8s');
    expect(ran()).toEqual([
      `apply --context=home --dry-run=server -f ${folder}`,
      `apply --context=home -f ${folder}`,
    ]);
    expect(person.saw('warning')).toEqual(['Apply k8s to home?']);
    expect(person.saw('information')).toEqual(['k8s is applied to home.']);
  });

  it('applies nothing when nobody agrees', async () => {
    const { apply } = await converted(['web-deployment.yaml']);
    await apply();
    expect(ran()).toHaveLength(1);
    expect(person.last?.text).toBe('Apply k8s to home?');
  });

  it('applies nothing that the cluster does not take', async () => {
    const { apply } = await converted(['web-deployment.yaml']);
    state.taskEnds = () => 1;
    await apply();
    expect(ran()).toHaveLength(1);
    expect(person.saw('error')).toEqual([
      'home rejected the manifests, and nothing was applied. See the terminal for details.',
    ]);
  });

  it('says nothing where the check was ended by hand', async () => {
    const { apply } = await converted(['web-deployment.yaml']);
    state.taskEnds = () => undefined;
    await apply();
    expect(person.saw('error')).toEqual([]);
    expect(person.saw('warning')).toEqual([]);
  });

  it('says that not everything was applied when that fails', async () => {
    const { apply } = await converted(['web-deployment.yaml']);
    state.taskEnds = ({ name }) => (name.startsWith('kubectl: apply') ? 1 : 0);
    person.answers('Apply');
    await apply();
    expect(person.saw('error')).toEqual([
      'Not everything was applied to home. See the terminal for details.',
    ]);
  });

  it('tells its task from one for another folder that ends meanwhile', async () => {
    const { apply } = await converted(['web-deployment.yaml']);
    state.taskEnds = ({ name }) => {
      const other = { name: name.replace('k8s', 'other/k8s') } as Task;
      state.taskEnds = () => 0;
      happenings.taskEnded.fire({ execution: { task: other }, exitCode: 1 });
      return 0;
    };
    await apply();
    expect(person.saw('error')).toEqual([]);
    expect(person.saw('warning')).toEqual(['Apply k8s to home?']);
  });

  it('asks which environment of a Kustomize folder, and takes folders only', async () => {
    const { apply, workbench } = await converted([
      'base/kustomization.yaml',
      'overlays/test/kustomization.yaml',
      'overlays/prod/kustomization.yaml',
      'overlays/.DS_Store',
    ]);
    person.answers('prod');
    await apply();
    expect(person.shown[0]?.choices).toEqual(['prod', 'test', 'base']);
    expect(ran()).toEqual([
      `apply --context=home --dry-run=server -k ${workbench.path('k8s/overlays/prod')}`,
    ]);
  });

  it('does nothing when nobody says which', async () => {
    const { apply } = await converted(['base/kustomization.yaml', 'overlays/prod/kustomization.yaml']);
    await apply();
    expect(person.shown).toHaveLength(1);
  });

  it('offers to convert what was not converted, or is no longer there', async () => {
    const { apply, workbench, row } = await converted([]);
    await rm(workbench.path('k8s'), { recursive: true, force: true });
    person.answers('Convert');
    await apply();
    expect(person.saw('information')).toEqual(['This project has not been converted to Kubernetes yet.']);
    expect(person.commands.at(-1)).toEqual({ id: 'composure.convertKubernetes', args: [row] });
    await apply();
    expect(ran()).toEqual([]);
  });

  it('says when no cluster answers', async () => {
    const { apply } = await converted(
      ['web-deployment.yaml'],
      'config) echo home ;; *) echo refused >&2; exit 1 ;;',
    );
    await apply();
    expect(person.saw('error')).toEqual(['No cluster is responding at home: refused']);
    expect(ran()).toEqual([]);
  });

  it('takes the id of the project from the message of a conversion', async () => {
    const { workbench } = await converted(['web-deployment.yaml']);
    await applyKubernetesCommand(workbench, [stackNamed(workbench, 'shop').declared?.reference.id]);
    expect(person.last?.text).toBe('Apply k8s to home?');
  });

  it('runs nothing in a folder that is not trusted', async () => {
    const { apply } = await converted(['web-deployment.yaml']);
    state.isTrusted = false;
    await apply();
    expect(person.shown).toEqual([]);
  });
});

it('runs nothing where there is no compose file', async () => {
  const workbench = await openWorkbench();
  await mkdir(workbench.path('k8s'));
  await applyKubernetesCommand(workbench, []);
  expect(person.saw('task')).toEqual([]);
});

it.each([
  [{ hasBase: false, overlays: [], hasFiles: true }, ['/k8s -f']],
  [{ hasBase: false, overlays: ['left'], hasFiles: true }, ['/k8s -f']],
  [{ hasBase: true, overlays: [], hasFiles: false }, ['/k8s/base -k']],
  [
    { hasBase: true, overlays: ['b', 'a'], hasFiles: true },
    ['/k8s/overlays/a -k', '/k8s/overlays/b -k', '/k8s/base -k', '/k8s -f'],
  ],
])('of an output folder with %j can be applied: %j', (found, expected) => {
  const folders = manifestFolders({ directory: '/k8s', ...found });
  expect(folders.map(({ folder, kustomize }) => `${folder} ${kustomize ? '-k' : '-f'}`)).toEqual(expected);
});

it.each([
  [{ kind: 'cancelled' } as const, undefined],
  [{ kind: 'missing' } as const, /^\/opt\/kubectl was not found\. .*composure\.kubernetes\.kubectl/],
  [{ kind: 'no-context' } as const, /^kubectl has no current cluster/],
  [
    { kind: 'silent', context: 'home', reason: 'refused' } as const,
    /^No cluster is responding at home: refused$/,
  ],
])('of a cluster that is %j is said: %s', (cluster, expected) => {
  const text = clusterProblem(cluster, '/opt/kubectl', english);
  if (expected === undefined) expect(text).toBeUndefined();
  else expect(text).toMatch(expected);
});
