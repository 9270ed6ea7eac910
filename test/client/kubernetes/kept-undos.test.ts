import { expect, it } from 'vitest';
import { KeptUndos } from '../../../client/src/kubernetes/kept-undos.ts';
import { Rollouts } from '../../../client/src/kubernetes/rollouts.ts';

const deployment = (image: string) => ({ kind: 'Deployment', metadata: { name: 'web' }, spec: { image } });
const undoTo = (image: string) => ({
  restored: [deployment(image)],
  replaced: [deployment('new')],
  added: [],
});
const kept = (image: string) => ({ context: 'home', folder: '/p/k8s', undo: undoTo(image) });

/** What a workspace keeps in the clear, and the secret storage. */
function storage() {
  const [clear, secret] = [new Map<string, unknown>(), new Map<string, string>()];
  const open = () =>
    new KeptUndos(
      {
        get: (key: string, fallback: unknown) => clear.get(key) ?? fallback,
        update: async (key: string, value: unknown) => void clear.set(key, value),
      } as never,
      {
        get: async (key: string) => secret.get(key),
        store: async (key: string, value: string) => void secret.set(key, value),
        delete: async (key: string) => void secret.delete(key),
      } as never,
    );
  return { clear, secret, open };
}

it('is there in another window, with nothing of the manifests in the clear', async () => {
  const { open, clear } = storage();
  await open().keep('/p', kept('registry/secret-image'));
  expect(JSON.stringify([...clear])).not.toContain('secret-image');
  const rollouts = new Rollouts(open());
  await rollouts.restore();
  expect(rollouts.of('/p')).toEqual({ ...kept('registry/secret-image'), followed: [] });
});

it('is written once for an apply, and goes when it is undone', async () => {
  const { open, secret } = storage();
  const undos = open();
  const rollouts = new Rollouts(undos);
  const applied = { ...kept('a'), followed: [] };
  rollouts.set('/p', applied);
  rollouts.set('/p', { ...applied, followed: [] });
  await expect.poll(() => [...secret.values()].map((text) => JSON.parse(text))).toEqual([kept('a')]);
  rollouts.set('/p', { ...applied, undo: undefined });
  await expect.poll(() => secret.size).toBe(0);
  expect([...(await open().all()).keys()]).toEqual([]);
});

it('is kept for five projects, the last ones, and not without bounds', async () => {
  const { open, secret } = storage();
  const undos = open();
  for (const id of ['a', 'b', 'c', 'd', 'e', 'f', 'a']) await undos.keep(id, kept(id));
  expect([...(await undos.all()).keys()]).toEqual(['c', 'd', 'e', 'f', 'a']);
  expect(secret.size).toBe(5);
  await undos.keep('a', kept('x'.repeat(1_000_000)));
  expect([...(await undos.all()).keys()]).toEqual(['c', 'd', 'e', 'f']);
  expect(secret.size).toBe(4);
});

it('survives what cannot be read', async () => {
  const { open, secret } = storage();
  await open().keep('/p', kept('a'));
  for (const key of secret.keys()) secret.set(key, '{');
  expect((await open().all()).size).toBe(0);
});
