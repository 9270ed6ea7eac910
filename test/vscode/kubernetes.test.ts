import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openFolder, type TestFolder } from './window.ts';

const compose = (web: string) => `name: ui-kubernetes
services:
  web:
    image: ${web}
    ports: ["8080:80"]
    logging: { driver: syslog }
    healthcheck:
      test: ["CMD", "wget", "-q", "-O-", "http://localhost"]
      interval: 10s
  db:
    image: postgres:17
    environment:
      POSTGRES_PASSWORD: example
    volumes: ["data:/var/lib/postgresql/data"]
volumes:
  data: {}
`;
const has = (pattern: RegExp) => (rows: readonly string[]) => rows.some((row) => pattern.test(row));

describe('converting to Kubernetes', () => {
  let session: TestFolder;
  /** Holds the stand-in for `kubectl`, and what it was called with. There is no cluster here. */
  let bin: string;

  beforeAll(async () => {
    bin = await mkdtemp(join(tmpdir(), 'kubectl-'));
    await writeFile(join(bin, 'kubectl'), standIn(bin));
    await chmod(join(bin, 'kubectl'), 0o755);
    session = await openFolder({
      files: {
        'compose.yaml': compose('nginx:1.26'),
        'compose.prod.yaml': 'services:\n  web: { deploy: { replicas: 3 } }\n',
      },
      settings: { 'composure.kubernetes.kubectl': join(bin, 'kubectl') },
    });
    await session.workbench.openView('Compose');
    await session.workbench.waitForRows('declared', has(/^db/));
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await session.shot(`failed-${task.name.replace(/\W+/g, '-')}`);
  });
  afterAll(async () => {
    await session?.close();
    await rm(bin, { recursive: true, force: true });
  });

  const files = async (folder = 'k8s') =>
    (await readdir(join(session.folder, folder)).catch(() => [])).sort();
  const read = (path: string) => readFile(join(session.folder, path), 'utf8');
  const diffTab = () => session.workbench.page.locator('.tab', { hasText: 'ui-kubernetes in Kubernetes' });
  /** The texts of the editors in the comparison of several files. */
  const diffText = async () =>
    (await session.workbench.page.locator('.multiDiffEntry').allInnerTexts())
      .join('\n')
      .replaceAll('\u00a0', ' ');
  const titleButton = (label: string) =>
    session.workbench.page.locator(`.editor-actions a[aria-label^="${label}"]`).first();

  async function saidInNotifications(text: string) {
    const { workbench } = session;
    // What closes takes the focus along, and the palette with it.
    await workbench.page
      .locator('.editor-group-container.active')
      .first()
      .click({ position: { x: 200, y: 300 } });
    await workbench.runCommand('Notifications: Show Notifications');
    await workbench.page.locator('.notification-list-item-message', { hasText: text }).first().waitFor();
    await workbench.runCommand('Notifications: Clear All Notifications');
  }

  it('shows what would be written, and what does not go over, before anything is', async () => {
    const { workbench, shot } = session;
    await workbench.clickMenu(/^ui-kubernetes/, 'Convert to Kubernetes…');
    await workbench.choose('One File per Object', '');
    await workbench.choose('k8s', '');
    await diffTab().waitFor();
    await expect.poll(diffText).toContain('image: postgres:17');
    expect(await files()).toEqual([]);
    await shot('kubernetes-diff');
    await workbench.page.locator('.tab', { hasText: 'not in Kubernetes' }).click();
    await expect.poll(() => workbench.editorText()).toMatch(/logging {2}compose\.yaml:6/);
    await shot('kubernetes-report');
  });

  it('writes it when that is agreed to', async () => {
    await diffTab().click();
    await titleButton('Write Manifests').click();
    await expect.poll(() => diffTab().count()).toBe(0);
    await expect.poll(() => files()).toContain('web-service.yaml');
    expect(await files()).toEqual([
      '.composure.sha256',
      'data-persistentvolumeclaim.yaml',
      'db-deployment.yaml',
      'db-env-secret.yaml',
      'db-service.yaml',
      'web-deployment.yaml',
      'web-service.yaml',
    ]);
    await saidInNotifications('6 files written to k8s');
  });

  it('says so when Nothing has changed', async () => {
    const { workbench } = session;
    await workbench.clickMenu(/^ui-kubernetes/, 'Convert to Kubernetes…');
    await workbench.choose('Same as Last Time', '');
    await saidInNotifications('Nothing has changed');
  });

  it('shows the change of a file, and asks about files that were edited and that are no longer made', async () => {
    const { workbench, write, shot } = session;
    await write('compose.yaml', compose('nginx:1.27').replace(/ {2}db:[\s\S]*data"\]\n/, ''));
    await write('k8s/web-service.yaml', `${await read('k8s/web-service.yaml')}# by hand\n`);
    await workbench.waitForRows('without db', (rows) => !rows.some((row) => /^db/.test(row)));
    await workbench.clickMenu(/^ui-kubernetes/, 'Convert to Kubernetes…');
    await workbench.choose('Same as Last Time', '');
    await diffTab().waitFor();
    await expect.poll(diffText).toContain('nginx:1.27');
    await shot('kubernetes');
    expect(await read('k8s/web-deployment.yaml')).toContain('nginx:1.26');
    await titleButton('Write Manifests').click();
    const list = workbench.page.locator('.quick-input-widget:visible');
    await list.getByText('Overwrite web-service.yaml').waitFor();
    await shot('kubernetes-kept');
    await list.getByText('OK', { exact: true }).click();
    await expect.poll(() => diffTab().count()).toBe(0);
    await expect.poll(() => files()).not.toContain('db-service.yaml');
    await saidInNotifications('1 file was not changed');
    expect(await files()).toEqual(['.composure.sha256', 'web-deployment.yaml', 'web-service.yaml']);
    expect(await read('k8s/web-deployment.yaml')).toContain('nginx:1.27');
    expect(await read('k8s/web-service.yaml')).toContain('# by hand');
  });

  it('writes nothing when the comparison is closed', async () => {
    const { workbench, write } = session;
    await write('compose.yaml', compose('nginx:1.28'));
    await workbench.waitForRows('db again', has(/^db/));
    await workbench.clickMenu(/^ui-kubernetes/, 'Convert to Kubernetes…');
    await workbench.choose('Same as Last Time', '');
    await expect.poll(diffText).toContain('nginx:1.28');
    await titleButton('Discard Manifests').click();
    await expect.poll(() => diffTab().count()).toBe(0);
    expect(await read('k8s/web-deployment.yaml')).toContain('nginx:1.27');
  });

  it('makes a Kustomize base with an overlay for each environment', async () => {
    const { workbench } = session;
    await workbench.clickMenu(/^ui-kubernetes/, 'Convert to Kubernetes…');
    await workbench.choose('Kustomize', '');
    await workbench.page.locator('.quick-input-widget:visible').getByText('OK', { exact: true }).click();
    await workbench.choose('k8s', '');
    await diffTab().waitFor();
    await titleButton('Write Manifests').click();
    await workbench.page.locator('.quick-input-widget:visible').getByText('OK', { exact: true }).click();
    await expect.poll(() => files('k8s/overlays/prod')).toContain('kustomization.yaml');
    expect(await read('k8s/overlays/prod/web-deployment-patch.yaml')).toContain('value: 3');
  });

  it('has the cluster check it first, then applies it (a stand-in for kubectl takes down what it is asked)', async () => {
    const { workbench, folder, shot } = session;
    const calls = async () => (await readFile(join(bin, 'calls'), 'utf8').catch(() => '')).split('\n');
    const overlay = join(folder, 'k8s/overlays/prod');
    await workbench.runCommand('Compose: Apply to Kubernetes…');
    await workbench.choose('prod', '');
    await expect.poll(calls).toContain('config current-context');
    await expect.poll(() => workbench.question()).toContain('to stand-in?');
    expect(await calls()).toContain(`apply --context=stand-in --dry-run=server -k ${overlay}`);
    expect(await calls()).not.toContain(`apply --context=stand-in -k ${overlay}`);
    await shot('kubernetes-apply');
    await workbench.answer('Apply');
    await saidInNotifications('is applied to stand-in');
    expect(await calls()).toContain(`apply --context=stand-in -k ${overlay}`);
  });

  it('shows in the row what does not start, and gives the cluster back what it had', async () => {
    const { workbench, shot } = session;
    await workbench.waitForRows('the rollout', has(/Kubernetes 0\/1: web \(InvalidImageName\)/));
    await shot('kubernetes-rollout');
    await workbench.clickSubmenu(/^ui-kubernetes/, 'More', 'Undo Apply to Kubernetes…');
    await expect.poll(() => workbench.question()).toContain('Undo the last apply to stand-in?');
    await shot('kubernetes-undo');
    await workbench.answer('Undo and Delete New Objects');
    await saidInNotifications('The last apply to stand-in is undone.');
    expect(await readFile(join(bin, 'restored'), 'utf8')).toContain('nginx:1.25');
    expect(await readFile(join(bin, 'deleted'), 'utf8')).toContain('"Service"');
    await workbench.waitForRows('what runs again', has(/Kubernetes 1\/1/));
  });

  it('says that no cluster answers, and that there is no kubectl', async () => {
    const { workbench } = session;
    await writeFile(join(bin, 'silent'), '');
    await workbench.runCommand('Compose: Apply to Kubernetes…');
    await workbench.choose('prod', '');
    await saidInNotifications('No cluster is responding at stand-in: connection refused');
    await rm(join(bin, 'kubectl'));
    await workbench.runCommand('Compose: Apply to Kubernetes…');
    await workbench.choose('prod', '');
    await saidInNotifications('Install kubectl');
  });
});

const applied = (image: string) => {
  const manifest = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { image, selector: { matchLabels: { app: 'web' } } },
  };
  const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(manifest) };
  return { ...manifest, metadata: { ...manifest.metadata, annotations } };
};
const waiting = { reason: 'InvalidImageName', message: 'invalid reference format' };
const pod = {
  kind: 'Pod',
  metadata: { name: 'web-1', labels: { app: 'web' } },
  status: { phase: 'Pending', containerStatuses: [{ name: 'web', state: { waiting } }] },
};
const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'shop' } };
const list = (...items: readonly object[]) => JSON.stringify({ kind: 'List', items });

/**
 * Answers as kubectl would for a cluster that takes everything: it had a Deployment, which does not start once a Service comes to it, until it is applied as before. With a file
 * `silent` beside it, for one that does not answer.
 */
function standIn(folder: string): string {
  return `#!/bin/sh
echo "$@" >> ${folder}/calls
case "$1" in
  config) echo stand-in ;;
  version) if [ -e ${folder}/silent ]; then echo 'connection refused' >&2; exit 1; fi; echo '{}' ;;
  apply)
    case "$*" in
      *"-f -"*) cat > ${folder}/restored ;;
      *dry-run*) ;;
      *) touch ${folder}/applied ;;
    esac
    echo 'deployment.apps/web configured' ;;
  delete) cat > ${folder}/deleted ;;
  get)
    if [ "$2" = pods,deployments,jobs ]; then echo '${list(pod)}'
    elif [ "$2" = events ]; then echo '${list()}'
    elif [ "$2 $3" = "-f -" ] || [ ! -e ${folder}/applied ]; then echo '${list(applied('nginx:1.25'))}'
    else echo '${list(applied('nginx:1.28'), service)}'
    fi ;;
  rollout) if [ ! -e ${folder}/restored ]; then exec tail -f /dev/null; fi ;;
esac
`;
}
