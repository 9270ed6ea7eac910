import { expect, it } from 'vitest';
import { phrase } from '#compose/problem/phrase.ts';
import { catalogueFor, loadCatalogue } from '#compose/problem/catalogues.ts';
import { convertToKubernetes } from '#compose/convert/kubernetes/convert.ts';
import { load } from '#compose/load/load.ts';
import { againText, reportText } from '../../../client/src/kubernetes/report-text.ts';
import { memoryHost } from '../../compose/load/memory-host.ts';
import { english } from '../translate.ts';

const files = {
  '/p/compose.yaml': `name: p
services:
  web.app:
    image: nginx
    ports: ["127.0.0.1:80:80"]
    labels:
      kompose.service.typo: x
    deploy: { placement: { constraints: [node.role == manager] } }
`,
  '/p/compose.override.yaml': `services:
  web.app:
    logging: { driver: syslog }
`,
};

it('says what does not go over, with the reason and a link to the line', async () => {
  const { loaded } = await load(memoryHost(files), { cwd: '/p' });
  if (loaded === undefined) throw new Error('not loaded');
  const { remarks } = convertToKubernetes(loaded.project, { files: new Map(), environment: {} });
  const report = reportText('Report', remarks, [loaded], {
    t: english,
    phrases: catalogueFor('en'),
    nameOf: (uri) => uri.replace('file:///p/', ''),
  });
  expect(report.text).toMatchSnapshot();
  expect(report.links.map(({ start, end }) => report.text.slice(start, end))).toEqual(
    [...report.text.matchAll(/\S+\.yaml:\d+/g)].map(([link]) => link),
  );
  for (const { start, end, place } of report.links) {
    expect(report.text.slice(start, end).endsWith(`:${place.line}`)).toBe(true);
  }
});

it("says what a cluster that has the last conversion refuses, in the reader's language", async () => {
  const reason = phrase('kubernetes.again.anew', { kind: 'service', name: 'web' });
  const found = [
    { kind: 'Service', name: 'web', field: 'spec.clusterIP', outcome: 'refused', reason },
  ] as const;
  expect(againText(found, catalogueFor('en'), english)).toBe(
    `In a cluster that has the last conversion

  service/web  spec.clusterIP: refused
    It cannot be changed. Run kubectl delete service web, then apply the
    manifests again.

`,
  );
  expect(againText(found, await loadCatalogue('fr'), english)).toContain('Il ne peut pas être modifié');
  expect(againText([], catalogueFor('en'), english)).toBe('');
});
