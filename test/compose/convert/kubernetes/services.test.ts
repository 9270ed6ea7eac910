import { describe, expect, it } from 'vitest';
import { remarksText } from '#compose/convert/kubernetes/report.ts';
import { convertText, manifestOf, yamlOf } from './project-of.ts';
import { structureMistakes } from './structure.ts';

const portsOf = async (service: string, name: string) => {
  const { manifests } = await convertText(`services: { a: { image: i, ${service} } }`);
  const { type = 'ClusterIP', ports } = manifestOf(manifests, 'Service', name).spec as {
    type?: string;
    ports: readonly { port: number; targetPort: number; nodePort?: number }[];
  };
  const shown = ports.map(
    ({ port, targetPort, nodePort }) =>
      `${port}>${targetPort}${nodePort === undefined ? '' : ` ${nodePort}`}`,
  );
  return [type, ...shown].join(' ');
};

describe('what is open to the outside', () => {
  it.each([
    ['loadbalancer', 'LoadBalancer'],
    ['nodeport', 'NodePort'],
  ])('with type %s: published ports alone', async (label, type) => {
    const service = `ports: ["8080:80", "127.0.0.1:9000:9000"], expose: ["5432"], labels: { kompose.service.type: ${label} }`;
    expect(await portsOf(service, 'a')).toBe('ClusterIP 80>80 9000>9000 5432>5432 8080>80');
    expect(await portsOf(service, 'a-published')).toBe(`${type} 8080>80`);
  });

  it('is the service itself where it has no other ports', async () => {
    const label = 'labels: { kompose.service.type: loadbalancer }';
    expect(await portsOf(`ports: ["80:80", "443:443"], ${label}`, 'a')).toBe('LoadBalancer 80>80 443>443');
    expect(await portsOf(`expose: ["80"], ${label}`, 'a')).toBe('LoadBalancer 80>80');
  });

  it('has the port of the node that was asked for, if a node can have it', async () => {
    const service = (port: number) =>
      `ports: ["80:80"], labels: { kompose.service.type: nodeport, kompose.service.nodeport.port: ${port} }`;
    expect(await portsOf(service(30080), 'a')).toBe('NodePort 80>80 30080');
    expect(await portsOf(service(8080), 'a')).toBe('NodePort 80>80');
  });

  it('is opened once, whatever other names it has', async () => {
    const { manifests } = await convertText(`services:
  a:
    image: i
    ports: ["80:80"]
    networks: { default: { aliases: [b] } }
    labels: { kompose.service.type: nodeport, kompose.service.nodeport.port: 30080, kompose.service.external-traffic-policy: local }`);
    expect(manifestOf(manifests, 'Service', 'a').spec).toMatchObject({ externalTrafficPolicy: 'Local' });
    expect(JSON.stringify(manifestOf(manifests, 'Service', 'b'))).not.toMatch(/nodePort|Policy|NodePort/);
  });

  it('is not there for labels alone, which are said', async () => {
    const converted = await convertText(
      'services: { a: { image: i, ports: ["80"], labels: { kompose.service.external-traffic-policy: local, kompose.service.nodeport.port: 30080 } } }',
    );
    expect(yamlOf(converted, 'Service', 'a')).not.toMatch(/nodePort|externalTrafficPolicy/);
    expect(remarksText(converted.remarks)).toContain('kompose.service.nodeport.port: It requires');
    expect(remarksText(converted.remarks)).toContain('external-traffic-policy: It requires');
  });

  it('gets past the policies: published ports, and what an Ingress leads to', async () => {
    const { manifests } = await convertText(`services:
  a: { image: i, expose: ["3000"], networks: [n], labels: { kompose.service.expose: a.example.com } }
  b: { image: i, ports: ["127.0.0.1:80:80"], networks: [n] }
networks: { n: {} }`);
    const policies = manifests.filter(({ kind }) => kind === 'NetworkPolicy');
    expect(policies.map(({ metadata }) => metadata.name)).toEqual(['n', 'a-published']);
    expect(policies[1]?.spec).toMatchObject({ ingress: [{ ports: [{ port: 3000, protocol: 'TCP' }] }] });
  });
});

it('says what to write where the image exposes a port', async () => {
  const remarks = async (exposed: ReadonlyMap<string, readonly string[]>) => {
    const converted = await convertText('services: { a: { image: i } }', {}, { exposed });
    expect(yamlOf(converted, 'Service', 'a')).not.toContain('port');
    return remarksText(converted.remarks);
  };
  expect(await remarks(new Map([['a', ['5432/tcp', '53/udp']]]))).toContain(
    'For a stable address, add expose: ["5432", "53/udp"], as in its image',
  );
  expect(await remarks(new Map())).toContain('For a stable address, add "expose"');
});

describe('further names', () => {
  const text = `services:
  web:
    image: i
    links: ["store:database"]
    environment: { URL: "postgres://u@shop_db:5432" }
    networks: { default: { aliases: [site, api.example.com, my-store] } }
  store: { image: j, container_name: shop_db, networks: { default: { aliases: [site] } } }
  my_store: { image: k, container_name: nobody-asks }`;

  it('are Services of their own: aliases, links, and names of containers that others call', async () => {
    const { manifests } = await convertText(text);
    const services = manifests.filter(({ kind }) => kind === 'Service').map(({ metadata }) => metadata.name);
    expect(services).toEqual(['web', 'site', 'api-example-com', 'store', 'database', 'shop-db', 'my-store']);
    expect(structureMistakes(manifests)).toEqual([]);
  });

  it('are said where they are others in a cluster, or taken', async () => {
    expect(remarksText((await convertText(text)).remarks)).toContain(
      `services.web.networks.default.aliases: Other services reach it as "api-example-com", because "api.example.com" is not a valid name in a cluster.\nservices.web.networks.default.aliases: The name "my-store" resolves only to "my_store".\nservices.store.networks.default.aliases: The name "site" resolves only to "web".\nservices.store.container_name: Other services reach it as "shop-db", because "shop_db" is not a valid name in a cluster.\n`,
    );
  });
});

describe('names', () => {
  it('are those of what is external, which is said', async () => {
    const converted = await convertText(`services:
  a: { image: i, volumes: ["vol:/v"], secrets: [s], configs: [c] }
volumes: { vol: { external: true, name: real_data } }
secrets: { s: { external: true, name: real-secret } }
configs: { c: { external: true } }`);
    const workload = yamlOf(converted, 'Deployment', 'a');
    expect(workload).toContain('claimName: real-data');
    expect(workload).toContain('secretName: real-secret');
    expect(remarksText(converted.remarks)).toContain(
      `volumes.vol: It is external. A PersistentVolumeClaim "real-data" must exist in the cluster.\nsecrets.s: It is external. A Secret "real-secret" with the key "s" must exist in the cluster.\nconfigs.c: It is external. A ConfigMap "c" with the key "c" must exist in the cluster.\n`,
    );
  });

  it('are not those of objects that a service has anyway', async () => {
    const { manifests } = await convertText(
      `services: { web: { image: i, environment: { TOKEN: t }, secrets: [web-env], volumes: ["/a", "web-claim0:/b"] } }
secrets: { web-env: { file: ./x } }
volumes: { web-claim0: {} }`,
      { '/p/x': 'own' },
    );
    expect(structureMistakes(manifests)).toEqual([]);
    expect(manifestOf(manifests, 'Secret', 'web-env').data).toEqual({ TOKEN: btoa('t') });
    expect(manifestOf(manifests, 'Secret', 'web-env-2').data).toEqual({ 'web-env': btoa('own') });
    expect(manifests.filter(({ kind }) => kind === 'PersistentVolumeClaim')).toHaveLength(2);
  });

  it('of groups are not those of other services', async () => {
    const group = 'labels: { kompose.service.group: c, kompose.controller.type: statefulset }';
    const { manifests } = await convertText(
      `services: { a: { image: i, ${group} }, b: { image: i, ${group} }, c: { image: i } }`,
    );
    expect(structureMistakes(manifests)).toEqual([]);
    expect(manifestOf(manifests, 'StatefulSet', 'c-2').spec).toMatchObject({ serviceName: 'a-pods' });
    expect(manifestOf(manifests, 'Deployment', 'c')).toBeDefined();
  });
});
