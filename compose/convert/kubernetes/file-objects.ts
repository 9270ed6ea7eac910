import type { FileObject } from '../../model/project.ts';
import { dataKey } from './names.ts';
import type { Manifest } from './manifest.ts';
import type { Scope } from './scope.ts';
import { contentOf } from './object-content.ts';
import { secretData } from './secret-data.ts';
import { phrase } from '../../problem/phrase.ts';

/** The Secrets and ConfigMaps of the top-level `secrets` and `configs`. One that is external is taken to be there. */
export function fileObjects(scope: Scope): readonly Manifest[] {
  const { secrets = {}, configs = {} } = scope.project;
  return [
    ...Object.entries(secrets).flatMap(([name, object]) => fileManifest(scope, 'secrets', name, object)),
    ...Object.entries(configs).flatMap(([name, object]) => fileManifest(scope, 'configs', name, object)),
  ];
}

/** The one key that such an object has. */
export function fileKey(name: string): string {
  return dataKey(name);
}

function fileManifest(
  scope: Scope,
  section: 'secrets' | 'configs',
  name: string,
  object: FileObject,
): readonly Manifest[] {
  if (object.external === true) {
    const kind = section === 'secrets' ? 'Secret' : 'ConfigMap';
    scope.remark(
      `${section}.${name}`,
      phrase('kubernetes.external-file', { kind, name: scope.names.file(section, name), key: fileKey(name) }),
    );
    return [];
  }
  const text = contentOf(scope, object);
  if (text === undefined) {
    scope.remark(`${section}.${name}`, phrase('kubernetes.unreadable-content'));
  }
  const metadata = { name: scope.names.file(section, name) };
  const data = { [fileKey(name)]: text ?? '' };
  return [
    section === 'secrets'
      ? { apiVersion: 'v1', kind: 'Secret', metadata, type: 'Opaque', data: secretData(data) }
      : { apiVersion: 'v1', kind: 'ConfigMap', metadata, data },
  ];
}
