import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { convertKubernetesCommand } from '../../../client/src/kubernetes/convert-command.ts';
import { discardManifests, writeManifests } from '../../../client/src/kubernetes/review.ts';
import { person } from '../support/person.ts';
import { happenings, state, Uri } from '../support/vscode.ts';
import { openWorkbench, stackNamed } from '../support/workbench.ts';

const compose = (image = 'nginx:1.26') => `name: shop
services:
  web:
    image: ${image}
    expose: ["80"]
    logging: { driver: syslog }
`;
const plain = compose().replace(/ {4}logging.*\n/, '');
const form = '$(files) One File per Object';
const kustomize = '$(layers) Kustomize: One Base, One Overlay per Environment';
const hashed = '$(key) Files with a Hash in the Names of ConfigMaps and Secrets';
const last = '$(history) Same as Last Time';
const folder = '$(folder) k8s';

async function shop(files: Readonly<Record<string, string>> = { 'compose.yaml': compose() }) {
  const workbench = await openWorkbench({ files });
  const row = { kind: 'project', id: 'p', stack: stackNamed(workbench, 'shop').key };
  const at = (path: string) => workbench.path(path);
  return {
    workbench,
    convert: () => convertKubernetesCommand(workbench, [row]),
    write: () => writeManifests(workbench),
    at,
    read: (path: string) => readFile(at(path), 'utf8'),
    written: async () => (await readdir(at('k8s')).catch(() => [])).sort(),
    edit: async (text: string) => {
      await writeFile(at('compose.yaml'), text);
      await workbench.refresh();
    },
  };
}

/** The files of the comparison that is shown, as what they would become: new, changed or gone. */
function compared(): readonly string[] {
  const [, resources] = person.commands.findLast(({ id }) => id === 'vscode.changes')?.args ?? [];
  return (resources as readonly (readonly [Uri, Uri?, Uri?])[]).map(([{ path }, before, after]) => {
    const how = after === undefined ? 'gone' : before === undefined ? 'new' : 'changed';
    return `${how} ${path.replace(/.*\//, '')}`;
  });
}

async function textOf(scheme: string, name: string): Promise<string> {
  const opened = person.commands.findLast(({ id }) => id === 'vscode.changes')?.args[1] as readonly Uri[][];
  const uri = opened.flat().find((each) => each?.scheme === scheme && each.path.endsWith(name));
  if (uri === undefined) throw new Error(`There is no ${name}.`);
  return (await state.providers.get(scheme)?.provideTextDocumentContent(uri)) ?? '';
}

/** Whether the buttons that write and discard are there. */
const isPending = () =>
  person.commands.findLast(({ args }) => args[0] === 'composure.manifestsShown')?.args[1];

const told = () => person.saw('information').at(-1);

describe('Convert to Kubernetes', () => {
  it('shows what would be written, and what does not go over, before anything is', async () => {
    const { convert, written } = await shop();
    person.answers(form, folder);
    await convert();
    expect(compared()).toEqual(['new web-deployment.yaml', 'new web-service.yaml']);
    expect(await textOf('composure-kubernetes', 'web-deployment.yaml')).toContain('image: nginx:1.26');
    expect(told()).toBe('2 files will change in k8s. 1 setting cannot be converted exactly.');
    expect(person.saw('document')).toEqual(['composure-kubernetes:///shop,%20not%20in%20Kubernetes.txt']);
    expect(isPending()).toBe(true);
    expect(await written()).toEqual([]);
  });

  it('writes names with a hash of the content, if that is chosen, also as last time', async () => {
    const { convert, write, written } = await shop({
      'compose.yaml': `${plain}    environment: { A_TOKEN: x }\n`,
    });
    person.answers(hashed, folder);
    await convert();
    await write();
    expect((await written()).join(' ')).toMatch(/web-env-[\da-f]{8}-secret\.yaml/);
    person.answers(last);
    await convert();
    expect(told()).toContain('k8s already matches the Compose files');
  });

  it('leads from a line of the report to the line of the compose file', async () => {
    const { convert, at } = await shop();
    person.answers(form, folder);
    await convert();
    const uri = Uri.parse('composure-kubernetes:/shop, not in Kubernetes.txt');
    const text = await state.providers.get('composure-kubernetes')?.provideTextDocumentContent(uri);
    expect(text).toMatch(/web\n {2}logging {2}compose\.yaml:6\n/);
    const document = { uri, positionAt: (offset: number) => ({ line: 0, character: offset }) };
    const links = state.linkProviders.flatMap((each) => each.provideDocumentLinks(document));
    expect(links.map((link) => String((link as { target: Uri }).target))).toEqual([
      `file://${at('compose.yaml')}#L6,14`,
    ]);
  });

  it('writes it when that is agreed to, and leads to the cluster', async () => {
    const { convert, written, workbench } = await shop({ 'compose.yaml': plain });
    person.answers(form, folder, 'Write', 'Apply to Cluster…');
    await convert();
    await expect.poll(() => person.commands.at(-1)?.id).toBe('composure.applyKubernetes');
    expect(await written()).toEqual(['.composure.sha256', 'web-deployment.yaml', 'web-service.yaml']);
    expect(told()).toBe('2 files written to k8s.');
    expect(person.commands.at(-1)?.args).toEqual([stackNamed(workbench, 'shop').declared?.reference.id]);
    expect(isPending()).toBe(false);
  });

  it('offers what was chosen the last time first, and says so when nothing has changed', async () => {
    const { convert, write } = await shop();
    person.answers(form, folder);
    await convert();
    await write();
    person.answers(last);
    await convert();
    expect(person.shown.findLast(({ kind }) => kind === 'pick')).toMatchObject({
      choices: [last, form, kustomize, hashed],
      options: [{ description: 'k8s' }, {}, {}, {}],
    });
    expect(told()).toBe(
      'k8s already matches the Compose files. Nothing has changed. 1 setting cannot be converted exactly.',
    );
    expect(isPending()).toBe(false);
  });

  it('asks about files that were edited, which stay, and about those that are no longer made, which go', async () => {
    const { convert, write, edit, read, written, at } = await shop({
      'compose.yaml': `${compose()}  db: { image: postgres }\n`,
    });
    person.answers(form, folder);
    await convert();
    await write();
    await edit(compose('nginx:1.27'));
    await writeFile(at('k8s/web-deployment.yaml'), '# by hand\n');
    person.answers(last);
    await convert();
    expect(compared()).toEqual([
      'changed web-deployment.yaml',
      'gone db-deployment.yaml',
      'gone db-service.yaml',
    ]);
    expect(told()).toMatch(/^3 files will change in k8s\. 1 of them was edited manually\./);
    person.answers('Remove db-deployment.yaml\nRemove db-service.yaml');
    await write();
    expect(person.shown.findLast(({ kind }) => kind === 'pick')?.options).toMatchObject([
      { label: 'Remove db-deployment.yaml', description: 'no longer generated', picked: true },
      { label: 'Remove db-service.yaml' },
      { label: 'Overwrite web-deployment.yaml', description: 'edited since it was generated', picked: false },
    ]);
    expect(await written()).toEqual(['.composure.sha256', 'web-deployment.yaml', 'web-service.yaml']);
    expect(await read('k8s/web-deployment.yaml')).toBe('# by hand\n');
    expect(told()).toMatch(/^0 files written to k8s\. 2 removed\. 1 file was not changed\./);
  });

  it('writes nothing when nobody answers about files that were edited', async () => {
    const { convert, write, at, read } = await shop();
    await mkdir(at('k8s'));
    await writeFile(at('k8s/web-service.yaml'), '# by hand\n');
    person.answers(form, folder);
    await convert();
    await write();
    expect(await read('k8s/web-service.yaml')).toBe('# by hand\n');
    expect(isPending()).toBe(true);
  });

  it('shows anew what somebody wrote there meanwhile, instead of writing over it', async () => {
    const { convert, write, at, written } = await shop();
    person.answers(form, folder);
    await convert();
    await mkdir(at('k8s'));
    await writeFile(at('k8s/web-service.yaml'), '# somebody\n');
    await write();
    expect(compared()).toEqual(['changed web-service.yaml', 'new web-deployment.yaml']);
    expect(told()).toMatch(/1 of them was edited manually/);
    expect(await written()).toEqual(['web-service.yaml']);
  });

  it('writes nothing once it is discarded, however late the question is answered', async () => {
    const { convert, workbench, written } = await shop();
    let answer: (text: string) => void = () => {};
    const late = new Promise<string>((resolve) => {
      answer = resolve;
    });
    person.answers(form, folder, () => late);
    await convert();
    await discardManifests(workbench);
    answer('Write');
    await late;
    await writeManifests(workbench);
    expect(await written()).toEqual([]);
    expect(isPending()).toBe(false);
  });

  it('takes closing the comparison for an answer', async () => {
    const { convert, write, written } = await shop();
    person.answers(form, folder);
    await convert();
    const tab = { label: 'shop in Kubernetes (2 files)', input: undefined };
    happenings.tabs.fire({ opened: [], closed: [tab] });
    await expect.poll(isPending).toBe(false);
    await write();
    expect(await written()).toEqual([]);
  });

  it('closes the comparison before it shows another', async () => {
    const { convert } = await shop();
    person.answers(form, folder);
    await convert();
    const tabs = ['shop in Kubernetes (2 files)', 'shop.md'].map((label) => ({ label, input: undefined }));
    state.tabs = tabs;
    person.answers(last);
    await convert();
    expect(state.tabs).toEqual(tabs.slice(1));
  });

  it('makes an overlay of each environment that is left checked', async () => {
    const { convert, write, written, read } = await shop({
      'compose.yaml': compose(),
      'compose.prod.yaml': 'services:\n  web: { deploy: { replicas: 3 } }\n',
      'compose.test.yaml': 'services:\n  web: { deploy: { replicas: 2 } }\n',
    });
    person.answers(kustomize, 'prod', folder);
    await convert();
    await write();
    expect(person.shown[1]?.options).toMatchObject([
      { label: 'prod', description: 'compose.yaml + compose.prod.yaml', picked: true },
      { label: 'test', description: 'compose.yaml + compose.test.yaml', picked: true },
    ]);
    expect(await written()).toEqual(['.composure.sha256', 'base', 'overlays']);
    expect(await read('k8s/overlays/prod/kustomization.yaml')).toContain('../../base');
    await expect(read('k8s/overlays/test/kustomization.yaml')).rejects.toThrow('ENOENT');
  });

  it('asks for any other folder', async () => {
    const { convert, write, at, read } = await shop();
    person.answers(form, '$(folder-opened) Choose Another Folder…', at('deploy/manifests'));
    await convert();
    await write();
    expect(await read('deploy/manifests/web-service.yaml')).toContain('kind: Service');
    person.answers(form);
    await convert();
    expect(person.last?.choices).toEqual([
      '$(folder) deploy/manifests',
      folder,
      '$(folder-opened) Choose Another Folder…',
    ]);
  });

  it.each([
    ['which form', []],
    ['which environments', [kustomize]],
    ['where', [form]],
    ['which other folder', [form, '$(folder-opened) Choose Another Folder…']],
  ])('does nothing when nobody says %s', async (_question, answers) => {
    const { convert, written } = await shop({
      'compose.yaml': compose(),
      'compose.prod.yaml': 'services:\n  web: { deploy: { replicas: 3 } }\n',
    });
    person.answers(...answers);
    await convert();
    expect(person.saw('information')).toEqual([]);
    expect(await written()).toEqual([]);
  });

  it('converts nothing of a project with errors, which are said', async () => {
    const { convert, edit } = await shop();
    await edit(compose().replace('image: nginx:1.26', 'depends_on: [nothing]'));
    person.answers(form, folder);
    await convert();
    expect(person.saw('error')[0]).toMatch(/^Not started: /);
    expect(person.commands.some(({ id }) => id === 'vscode.changes')).toBe(false);
  });

  it('converts nothing of an environment with errors either', async () => {
    const { convert, at } = await shop({
      'compose.yaml': compose(),
      'compose.prod.yaml': 'services:\n  web: { deploy: { replicas: 3 } }\n',
    });
    await rm(at('compose.prod.yaml'));
    await writeFile(at('compose.prod.yaml'), 'services:\n  web: { depends_on: [nothing] }\n');
    person.answers(kustomize, 'prod', folder);
    await convert();
    expect(person.saw('error')[0]).toMatch(/^Not started: /);
    expect(person.commands.some(({ id }) => id === 'vscode.changes')).toBe(false);
  });
});
