import { expect, it } from 'vitest';
import type { KubernetesOptions } from '#compose/convert/kubernetes/convert.ts';
import { remarksText } from '#compose/convert/kubernetes/report.ts';
import { convertText, manifestOf } from './project-of.ts';

const group = 'labels: { kompose.service.group: web }';
const healthy = 'depends_on: { db: { condition: service_healthy } }';

/** What goes before the web server, and what is said of its dependencies. */
async function before(services: string, others = '', options: KubernetesOptions = {}) {
  const { manifests, remarks } = await convertText(
    `services: { web: { image: i, expose: ["80"], ${services}\n${others}`,
    {},
    options,
  );
  const { template } = manifestOf(manifests, 'Deployment', 'web').spec as {
    template: { spec: { initContainers?: readonly { name: string; image: string; command?: string[] }[] } };
  };
  return {
    inits: template.spec.initContainers?.map(
      ({ name, image, command }) => `${name} ${image} ${command?.[2]}`,
    ),
    said: remarksText(remarks.filter(({ path }) => path.includes('depends_on'))),
  };
}

it('waits for the port, behind which are healthy pods alone', async () => {
  expect(await before(`${healthy} }, db: { image: j, expose: ["53/udp", "5432"] } }`)).toEqual({
    inits: ['wait-for-db busybox:1.37 until nc -w 2 db 5432 -e true; do sleep 2; done'],
    said: '',
  });
});

it('waits for the name where there is no port, which leads to healthy pods alone', async () => {
  expect(await before(`${healthy} }, db: { image: j } }`)).toEqual({
    inits: [
      "wait-for-db busybox:1.37 while nc -w 2 db 1 -e true 2>&1 | grep -q 'bad address'; do sleep 2; done",
    ],
    said: '',
  });
});

it('waits once, before what runs to its end as well', async () => {
  const depends =
    'depends_on: { up: { condition: service_completed_successfully }, db: { condition: service_healthy } }';
  const { inits } = await before(
    `${depends} }, up: { image: u, ${healthy} }, db: { image: j, expose: ["1"] } }`,
  );
  expect(inits?.map((each) => each.split(' ')[0])).toEqual(['wait-for-db', 'up']);
});

it.each([
  ['depends_on: [db] }, db: { image: j } }', 'Pods start in no particular order'],
  [
    'depends_on: { db: { condition: service_healthy, required: false } } }, db: { image: j } }',
    'The dependency is optional',
  ],
  [`${healthy}, ${group} }, db: { image: j, ${group} } }`, 'in one pod'],
  [`${healthy} }, db: { image: j, deploy: { mode: replicated-job } } }`, 'has no name'],
  [`${healthy} }, db: { image: j, expose: ["1/udp"] } }`, 'has no name'],
  [
    `${healthy}, networks: [a] }, db: { image: j, networks: [b] } }\nnetworks: { a: {}, b: {} }`,
    'They do not share a network',
  ],
])('does not wait where it could not end, or need not, and says so: %s', async (services, reason) => {
  const { inits, said } = await before(services);
  expect(inits).toBeUndefined();
  expect(said).toContain(reason);
});

it('waits by another image, or not at all, if that is said', async () => {
  const services = `${healthy} }, db: { image: j, expose: ["1"] } }`;
  const own = await before(services, '', { waitImage: 'registry.example/tools:1' });
  expect(own.inits?.[0]).toContain('registry.example/tools:1');
  const none = await before(services, '', { waitImage: '' });
  expect([none.inits, none.said]).toEqual([
    undefined,
    expect.stringContaining('Pods start in no particular order'),
  ]);
});
