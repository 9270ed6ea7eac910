import { describe, expect, it } from 'vitest';
import { formatPhrase } from '#compose/problem/format-phrase.ts';
import { succession } from '#compose/convert/kubernetes/succession.ts';
import { convertText } from './project-of.ts';
import { structureMistakes } from './structure.ts';

const text = (content: string, token = 'one') => `
services:
  web:
    image: nginx
    configs: [site]
    secrets: [key]
    environment: { A_TOKEN: ${token} }
    volumes: ["./conf:/etc/conf:ro"]
  other: { image: nginx }
configs: { site: { content: "${content}" } }
secrets: { key: { environment: KEY } }
`;
const files = { '/p/conf/a.conf': 'a', '/p/.env': 'KEY=k' };
const converted = async (yaml: string, hashNames = true) =>
  (await convertText(yaml, files, { hashNames })).manifests;
const named = (manifests: Awaited<ReturnType<typeof converted>>) =>
  manifests
    .filter(({ kind }) => kind === 'ConfigMap' || kind === 'Secret')
    .map(({ kind, metadata }) => `${kind}/${metadata.name}`)
    .sort();

describe('names with a hash of the content', () => {
  it('are those of ConfigMaps and Secrets alone, and whatever names them', async () => {
    const manifests = await converted(text('x'));
    expect(structureMistakes(manifests)).toEqual([]);
    const names = named(manifests);
    expect(names.map((name) => name.replace(/-[0-9a-f]{8}$/, '-#'))).toEqual([
      'ConfigMap/site-#',
      'ConfigMap/web-bind0-#',
      'Secret/key-#',
      'Secret/web-env-#',
    ]);
    const pods = JSON.stringify(manifests.filter(({ kind }) => kind === 'Deployment'));
    for (const name of names) expect(pods).toContain(`"${name.replace(/.*\//, '')}"`);
  });

  it('change with the content, and with nothing else: only then pods roll', async () => {
    const [one, same, other] = [
      await converted(text('x')),
      await converted(text('x').replace('other: { image: nginx }', 'other: { image: httpd }')),
      await converted(text('y')),
    ];
    expect(named(same)).toEqual(named(one));
    const changed = named(other).filter((name) => !named(one).includes(name));
    expect(changed).toHaveLength(1);
    expect(changed[0]).toMatch(/^ConfigMap\/site-/);
    const deployment = (manifests: typeof one, name: string) =>
      JSON.stringify(manifests.find((each) => each.kind === 'Deployment' && each.metadata.name === name));
    expect(deployment(other, 'web')).not.toBe(deployment(one, 'web'));
    expect(deployment(other, 'other')).toBe(deployment(one, 'other'));
  });

  it('leave the old object, which the report names', async () => {
    const found = succession(await converted(text('x')), await converted(text('x', 'two')));
    expect(found.map(({ kind, outcome, reason }) => `${outcome} ${kind} ${formatPhrase(reason)}`)).toEqual([
      expect.stringMatching(/^left Secret .*kubectl delete secret web-env-[0-9a-f]{8}\.$/),
    ]);
  });

  it('are not there unless they are asked for', async () => {
    expect(named(await converted(text('x'), false))).toEqual([
      'ConfigMap/site',
      'ConfigMap/web-bind0',
      'Secret/key',
      'Secret/web-env',
    ]);
  });
});
