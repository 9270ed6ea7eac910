import { describe, expect, it } from 'vitest';
import { formatPhrase } from '#compose/problem/format-phrase.ts';
import { succession } from '#compose/convert/kubernetes/succession.ts';
import { convertText, manifestOf, yamlOf } from './project-of.ts';
import { structureMistakes } from './structure.ts';

const again = async (before: string, after: string, files = {}) => {
  const [one, two] = [await convertText(before, files), await convertText(after, files)];
  return succession(one.manifests, two.manifests).map(
    ({ kind, name, field, outcome, reason }) =>
      `${outcome} ${kind}/${name} ${field}: ${formatPhrase(reason)}`,
  );
};
const web = (more: string) => `services: { web: { image: nginx, ${more} } }`;

describe('applied over the last conversion', () => {
  it.each<[string, string, string, string]>([
    [
      'ports added',
      web('command: a'),
      web('ports: ["8080:80"]'),
      'kept Service/web spec.clusterIP: The cluster accepts it, but the Service stays headless',
    ],
    [
      'ports removed',
      web('ports: ["80:80"]'),
      web('command: a'),
      'refused Service/web spec.clusterIP: It cannot be changed. Run kubectl delete service web, then',
    ],
    [
      'another image of a job',
      web('restart: "no"'),
      web('restart: "no", command: b'),
      'refused Job/web spec.template: It cannot be changed. Run kubectl delete job web',
    ],
    [
      'another size',
      `${web('volumes: ["data:/d"]')}\nvolumes: { data: { labels: { kompose.volume.size: 2Gi } } }`,
      `${web('volumes: ["data:/d"]')}\nvolumes: { data: { labels: { kompose.volume.size: 1Gi } } }`,
      'refused PersistentVolumeClaim/data spec.resources.requests.storage: A volume cannot shrink',
    ],
    [
      'another class',
      `${web('volumes: ["data:/d"]')}\nvolumes: { data: {} }`,
      `${web('volumes: ["data:/d"]')}\nvolumes: { data: { labels: { kompose.volume.storage-class-name: fast } } }`,
      'refused PersistentVolumeClaim/data spec.storageClassName',
    ],
    [
      'a service that goes',
      'services: { web: { image: a }, old: { image: b } }',
      web('command: a').replace('nginx', 'a'),
      'left Deployment/old : It is no longer generated, but stays in the cluster. To remove it, run kubectl delete deployment old.',
    ],
    [
      'another controller',
      web('command: a'),
      web('labels: { kompose.controller.type: daemonset }'),
      'left Deployment/web : It is no longer generated',
    ],
  ])('%s', async (_name, before, after, expected) => {
    expect((await again(before, after)).join('\n')).toContain(expected);
  });

  it.each([
    ['more replicas', web('ports: ["80:80"]'), web('ports: ["80:80"], deploy: { replicas: 3 }')],
    ['another image', web('ports: ["80:80"]'), web('ports: ["80:80"]').replace('nginx', 'httpd')],
    [
      'open to the outside',
      web('ports: ["80:80"]'),
      web('ports: ["80:80"], labels: { kompose.service.type: loadbalancer }'),
    ],
    [
      'ports of a StatefulSet',
      web('ports: ["80:80"], labels: { kompose.controller.type: statefulset }'),
      web('ports: ["80:80", "81:81"], labels: { kompose.controller.type: statefulset }'),
    ],
    [
      'a variable of a Secret that goes',
      web('environment: { A_TOKEN: one, B_TOKEN: two }'),
      web('environment: { A_TOKEN: one }'),
    ],
  ])('is taken: %s', async (_name, before, after) => {
    expect(await again(before, after)).toEqual([]);
  });
});

it('writes Secrets so that what goes from the file goes from the cluster', async () => {
  const { manifests } = await convertText(web('environment: { A_TOKEN: "é\\n" }'));
  const secret = manifestOf(manifests, 'Secret', 'web-env');
  expect(secret).not.toHaveProperty('stringData');
  expect(secret.data).toEqual({ A_TOKEN: Buffer.from('é\n').toString('base64') });
});

it('makes a container known by its name where the text of another service speaks of it', async () => {
  const files = {
    '/p/nginx.conf': 'location / { proxy_pass http://api-main:3000; }',
    '/p/conf.d/a.conf': 'upstream u { server deep_main:1; }',
  };
  const { manifests } = await convertText(
    `
services:
  web: { image: nginx, volumes: ["./nginx.conf:/etc/nginx.conf:ro", "./conf.d:/etc/conf.d:ro"], configs: [given] }
  api: { image: a, container_name: api-main, expose: ["3000"] }
  deep: { image: b, container_name: deep_main, expose: ["1"] }
  inline: { image: b, container_name: inline-main, expose: ["1"] }
  nobody: { image: c, container_name: never-named, expose: ["1"] }
configs: { given: { content: "url: http://inline-main/x" } }
`,
    files,
  );
  const services = manifests.filter(({ kind }) => kind === 'Service').map(({ metadata }) => metadata.name);
  expect(services).toEqual(expect.arrayContaining(['api-main', 'deep-main', 'inline-main']));
  expect(services).not.toContain('never-named');
});

it('takes of a mode what Kubernetes takes, and says what was not meant', async () => {
  const { manifests, remarks } = await convertText(
    'services: { web: { image: nginx, configs: [{ source: c, mode: 644 }] } }\nconfigs: { c: { content: x } }',
  );
  expect(structureMistakes(manifests)).toEqual([]);
  expect(JSON.stringify(manifests)).toContain('"defaultMode":132');
  expect(remarks.map(({ path, reason }) => `${path}: ${formatPhrase(reason)}`).join()).toContain(
    'services.web.configs.c: Kubernetes uses only the nine permission bits: 0204 of 01204.',
  );
});

it('gives a StatefulSet a headless Service of its own', async () => {
  for (const ports of ['ports: ["80:80"],', '']) {
    const { manifests } = await convertText(web(`${ports} labels: { kompose.controller.type: statefulset }`));
    expect(manifestOf(manifests, 'StatefulSet', 'web').spec).toMatchObject({ serviceName: 'web-pods' });
    expect(manifestOf(manifests, 'Service', 'web-pods').spec).toMatchObject({ clusterIP: 'None' });
    expect(structureMistakes(manifests)).toEqual([]);
  }
});

describe('a folder', () => {
  const bound = (more = '') => web(`volumes: ["./conf:/etc/conf${more}"]`);
  const kinds = async (files: Readonly<Record<string, string>>, more = '') =>
    (await convertText(bound(more), files)).manifests.map(({ kind }) => kind);

  it('of small texts is a ConfigMap, those below it at their places', async () => {
    const converted = await convertText(bound(), {
      '/p/conf/prometheus.yml': 'a: 1',
      '/p/conf/rules/alerts.yml': 'b: 2',
    });
    expect(structureMistakes(converted.manifests)).toEqual([]);
    expect(manifestOf(converted.manifests, 'ConfigMap', 'web-bind0').data).toEqual({
      'prometheus.yml': 'a: 1',
      'rules_alerts.yml': 'b: 2',
    });
    expect(yamlOf(converted, 'Deployment', 'web')).toContain('path: rules/alerts.yml');
    expect(converted.remarks.map(({ reason }) => formatPhrase(reason)).join()).toContain(
      'which pods can only read',
    );
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ['with something that is no text', { '/p/conf/a': 'a\0' }],
    ['that holds nothing yet', { '/p/conf/.gitkeep': '' }],
    ['with too much', { '/p/conf/a': 'x'.repeat(400_000) }],
    ['with two files of one key', { '/p/conf/a/b': '1', '/p/conf/a_b': '2' }],
  ])('%s is a claim', async (_name, files) => {
    expect(await kinds(files)).toContain('PersistentVolumeClaim');
  });
});

it('puts annotations where they are read', async () => {
  const { manifests } = await convertText(
    web(`ports: ["80:80"], labels: {
      kompose.service.type: loadbalancer, kompose.service.expose: a.example,
      "service.beta.kubernetes.io/aws-load-balancer-type": nlb,
      "nginx.ingress.kubernetes.io/proxy-body-size": 8m,
      "prometheus.io/scrape": "true", own: x }`),
  );
  const of = (kind: string) => manifestOf(manifests, kind, 'web').metadata.annotations;
  expect(of('Service')).toEqual({
    'service.beta.kubernetes.io/aws-load-balancer-type': 'nlb',
    'prometheus.io/scrape': 'true',
  });
  expect(of('Ingress')).toEqual({ 'nginx.ingress.kubernetes.io/proxy-body-size': '8m' });
  expect(manifestOf(manifests, 'Deployment', 'web').spec).toMatchObject({
    template: { metadata: { annotations: { 'prometheus.io/scrape': 'true', own: 'x' } } },
  });
});
