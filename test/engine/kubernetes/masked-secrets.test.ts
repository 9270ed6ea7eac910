import { withMaskedSecrets } from '#engine/kubernetes/masked-secrets.ts';
import { expect, test } from 'vitest';

const secret = (data: string) =>
  `apiVersion: v1\nkind: Secret\nmetadata:\n  name: api-env\ntype: Opaque\n${data}`;

test('values of a Secret are not shown, but which of them differ', () => {
  const before = secret('data:\n  PASSWORD: Z2VoZWlt\n  TOKEN: YQ==\n  GONE: Yg==\n');
  const after = secret('data:\n  PASSWORD: bmV1\n  TOKEN: YQ==\n  NEW: Yw==\n');
  expect(withMaskedSecrets({ path: 'api-env-secret.yaml', before, after })).toEqual({
    path: 'api-env-secret.yaml',
    before: secret('data:\n  PASSWORD: *** (before)\n  TOKEN: ***\n  GONE: *** (before)\n'),
    after: secret('data:\n  PASSWORD: *** (after)\n  TOKEN: ***\n  NEW: *** (after)\n'),
  });
});

test('all lines of a value go, in whatever form it is written', () => {
  const text = secret(
    'stringData:\n  "a.conf": |\n    user: x\n    geheim\n  B: "ge: heim"\nimmutable: true\n',
  );
  const shown = withMaskedSecrets({ path: 'templates/x.yaml', before: undefined, after: text });
  expect(shown).toEqual({
    path: 'templates/x.yaml',
    before: undefined,
    after: secret('stringData:\n  "a.conf": *** (after)\n  B: *** (after)\nimmutable: true\n'),
  });
});

test('nor are those in the patch of an overlay', () => {
  const patch = (value: string) =>
    `- op: replace\n  path: /data/PASSWORD\n  value: ${value}\n- op: remove\n  path: /data/X\n`;
  const path = 'overlays/prod/api-env-secret-patch.yaml';
  const shown = withMaskedSecrets({ path, before: patch('YQ=='), after: patch('Yg==') });
  expect([shown.before, shown.after]).toEqual([patch('*** (before)'), patch('*** (after)')]);
});

test('what holds no Secret stays as it is', () => {
  const change = { path: 'c-configmap.yaml', before: undefined, after: 'kind: ConfigMap\ndata:\n  a: b\n' };
  expect(withMaskedSecrets(change)).toBe(change);
});
