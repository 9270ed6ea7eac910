import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { kustomizeFiles } from '#compose/convert/kubernetes/kustomize.ts';
import type { Manifest } from '#compose/convert/kubernetes/manifest.ts';
import { convertText } from './project-of.ts';

const base = `
services:
  web: { image: "nginx:1", ports: ["80:80"], environment: { MODE: base, TOKEN: one } }
  db: { image: postgres, volumes: ["data:/data"], labels: { a/b: x } }
  old: { image: busybox }
volumes: { data: {} }
`;
const prod = `
services:
  web: { image: "nginx:2", ports: ["80:80", "443:443"], environment: { MODE: prod, TOKEN: two }, deploy: { replicas: 3 } }
  db: { image: postgres, volumes: ["data:/data"], labels: { a/b: y } }
  cache: { image: redis }
volumes: { data: {} }
`;

/** Needs no cluster. */
function hasKubectl(): boolean {
  try {
    execFileSync('kubectl', ['version', '--client'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

it.skipIf(!hasKubectl())(
  'kubectl makes of base and overlay what the environment converts to (skipped without kubectl)',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kustomize-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const [one, two] = [await convertText(base), await convertText(prod)];
    for (const [path, text] of kustomizeFiles(one.manifests, [{ name: 'prod', manifests: two.manifests }])) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const built = (name: string) =>
      byName(
        parseAllDocuments(String(execFileSync('kubectl', ['kustomize', join(folder, name)]))).map(
          (each) => each.toJS() as Manifest,
        ),
      );
    expect(built('base')).toEqual(byName(one.manifests));
    expect(built('overlays/prod')).toEqual(byName(two.manifests));
  },
);

function byName(manifests: readonly Manifest[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    manifests.map((each) => [
      `${each.kind}/${each.metadata.name}`,
      JSON.parse(JSON.stringify(each)) as unknown,
    ]),
  );
}
