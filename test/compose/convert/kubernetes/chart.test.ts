import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { chartFiles } from '#compose/convert/kubernetes/chart.ts';
import { type Manifest, manifestFile, manifestYaml } from '#compose/convert/kubernetes/manifest.ts';
import { convertText } from './project-of.ts';
import { chartMistakes } from './chart-lint.ts';
import { renderedChart } from './rendered-chart.ts';

const text = `name: shop
services:
  my-web:
    image: nginx:1.27
    ports: ["8080:80"]
    environment: {MODE: "a {{ b }} \\"c\\"", PRICE: "5<6&7", PASSWORD: p}
    deploy: {replicas: 3, resources: {limits: {memory: 64M}}}
    labels:
      kompose.service.expose: a.example.com,b.example.com/app
      kompose.service.expose.tls-secret: tls
  job: {image: busybox, restart: "no", command: [echo, "{{ .Values.x }}"], depends_on: [my-web]}
`;
const plain = (manifests: readonly Manifest[]) =>
  new Map(manifests.map((each) => [manifestFile(each), parse(manifestYaml(each)) as unknown]));

describe('a chart', () => {
  it('makes the same objects with the values as they are written', async () => {
    const { manifests } = await convertText(text);
    const files = chartFiles('shop', manifests);
    expect(renderedChart(files)).toEqual(plain(manifests));
    expect(parse(files.get('Chart.yaml') ?? '')).toMatchObject({
      apiVersion: 'v2',
      name: 'shop',
      version: '0.1.0',
    });
  });

  it('has values for what differs between installations', async () => {
    const { manifests } = await convertText(text);
    const values = parse(chartFiles('shop', manifests).get('values.yaml') ?? '');
    expect(values).toMatchObject({
      workloads: {
        'my-web': {
          replicas: 3,
          containers: {
            'my-web': { image: 'nginx:1.27', env: { PRICE: '5<6&7' }, resources: { limits: {} } },
          },
        },
        job: { containers: { job: { image: 'busybox', resources: {} } } },
      },
      ingress: { 'my-web': { className: '', hosts: ['a.example.com', 'b.example.com'], annotations: {} } },
    });
  });

  it('has what helm lint asks for, and a schema that refuses what no value can be', async () => {
    const { manifests } = await convertText(text);
    const files = chartFiles('shop', manifests);
    expect(chartMistakes(files)).toEqual([]);
    const wrong = parse(files.get('values.yaml') ?? '');
    const web = wrong.workloads['my-web'];
    web.replicas = '3';
    web.replica = 3;
    web.containers['my-web'].image = '';
    web.containers['my-web'].env.PRICE = 5;
    wrong.ingress['my-web'].hosts = ['a.example.com'];
    wrong.global = {};
    expect(
      chartMistakes(files, wrong)
        .filter((each) => each.startsWith('/'))
        .sort(),
    ).toEqual([
      '/ingress/my-web/hosts: must NOT have fewer than 2 items',
      '/workloads/my-web/containers/my-web/env/PRICE: must be string',
      '/workloads/my-web/containers/my-web/image: must NOT have fewer than 1 characters',
      '/workloads/my-web/replicas: must be integer',
      '/workloads/my-web: must NOT have additional properties',
    ]);
  });

  it.each([
    ['Chart.yaml', 'apiVersion: v2', 'apiVersion: v1', 'apiVersion'],
    ['Chart.yaml', 'name: shop', 'name: sh/op', 'name'],
    ['Chart.yaml', 'version: 0.1.0', 'version: one', 'version'],
    ['Chart.yaml', 'type: application', 'typ: application', 'typ'],
    ['templates/my-web-service.yaml', 'name: my-web', 'name: My_web', 'my-web-service.yaml'],
  ])('is looked at as helm lint does: %s with %j as %j', async (path, right, wrong, mistake) => {
    const files = new Map(chartFiles('shop', (await convertText(text)).manifests));
    expect(files.get(path)).toContain(right);
    files.set(path, (files.get(path) ?? '').replace(right, wrong));
    expect(chartMistakes(files)).toContain(mistake);
  });

  it('makes others with others', async () => {
    const { manifests } = await convertText(text);
    const files = chartFiles('shop', manifests);
    const values = parse(files.get('values.yaml') ?? '');
    const web = values.workloads['my-web'];
    web.replicas = 1;
    web.containers['my-web'].image = 'registry/nginx@sha256:1';
    web.containers['my-web'].env.PRICE = 'none';
    web.containers['my-web'].resources = {};
    values.workloads.job.containers.job.resources = { limits: { cpu: '1' } };
    values.ingress['my-web'].className = 'traefik';
    values.ingress['my-web'].hosts[1] = 'b.test';
    const made = renderedChart(files, values);
    const [deployment, job, ingress] = ['my-web-deployment', 'job-job', 'my-web-ingress'].map((name) =>
      JSON.stringify(made.get(`${name}.yaml`)),
    );
    expect(deployment).toContain('"replicas":1');
    expect(deployment).toContain('"image":"registry/nginx@sha256:1"');
    expect(deployment).toContain('{"name":"PRICE","value":"none"}');
    expect(deployment).not.toContain('"resources"');
    expect(job).toContain('"resources":{"limits":{"cpu":"1"}}');
    expect(ingress).toContain('"ingressClassName":"traefik"');
    // The host of a rule and that of its certificate are one.
    expect(ingress?.match(/b\.test/g)).toHaveLength(2);
  });
});
