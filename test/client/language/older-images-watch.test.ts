import { expect, it } from 'vitest';
import type { Project } from '#compose/model/project.ts';
import { OlderImagesWatch } from '../../../client/src/language/older-images-watch.ts';

const project = (image: string) => ({ name: 'shop', services: { web: { image } } }) as unknown as Project;

it('asks about the same images once, however often files change', async () => {
  const asked: string[] = [];
  let projects = [project('nginx:1')];
  const watch = new OlderImagesWatch({
    engine: () => ({
      async inspectImage(reference) {
        asked.push(reference);
        return undefined as never;
      },
      async inspectRemoteImage() {
        throw new Error('nobody is to be asked about an image that is not there');
      },
    }),
    projects: () => projects,
    changed: () => {},
  });
  await watch.filesChanged();
  await watch.filesChanged();
  expect(asked).toEqual(['nginx:1']);
  projects = [project('nginx:2')];
  await watch.filesChanged();
  expect(asked).toEqual(['nginx:1', 'nginx:2']);
  // What an operation pulled is another matter.
  await watch.look();
  expect(asked).toEqual(['nginx:1', 'nginx:2', 'nginx:2']);
  watch.dispose();
});
