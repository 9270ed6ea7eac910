import type { Service } from '../../model/project.ts';
import { secretPieces } from '../../check/secrets/secret-shapes.ts';
import { isSecretVariable } from '../../check/secrets/secret-variable.ts';
import { dataKey } from './names.ts';
import type { JsonObject, Manifest } from './manifest.ts';
import type { Scope } from './scope.ts';
import { secretData } from './secret-data.ts';
import { phrase } from '../../problem/phrase.ts';
import { recordOf } from '../../values/record.ts';

/** The variables of a container, and the Secret that holds those of them that look like secrets. */
export interface ContainerEnvironment {
  readonly env: readonly JsonObject[];
  readonly secret: Manifest | undefined;
}

export function containerEnvironment(scope: Scope, name: string, service: Service): ContainerEnvironment {
  const secretName = `${scope.names.service(name).slice(0, 59)}-env`;
  const texts: Record<string, string> = recordOf();
  const env: JsonObject[] = [];
  for (const [key, value] of Object.entries(service.environment ?? {})) {
    if (value === null) {
      scope.remark(`services.${name}.environment.${key}`, phrase('kubernetes.no-value'));
    } else if (key === '' || !/^[^=\s\p{Cc}]+$/u.test(key)) {
      scope.remark(`services.${name}.environment.${key}`, phrase('kubernetes.variable-name'));
    } else if (isSecretVariable(key, value) || secretPieces(value).length > 0) {
      const data = dataKey(key);
      texts[data] = value;
      env.push({ name: key, valueFrom: { secretKeyRef: { name: secretName, key: data } } });
    } else env.push({ name: key, value: literal(value) });
  }
  const secret: Manifest | undefined =
    Object.keys(texts).length === 0
      ? undefined
      : {
          apiVersion: 'v1',
          kind: 'Secret',
          metadata: { name: secretName, labels: { 'io.kompose.service': scope.names.service(name) } },
          type: 'Opaque',
          data: secretData(texts),
        };
  return { env, secret };
}

/** As it is: Kubernetes would put variables in for `$(NAME)`, and takes `$$` for a dollar sign. */
export function literal(text: string): string {
  return text.replaceAll(/\$(?=[$(])/g, '$$$$');
}
