import { expect, test } from 'vitest';
import type { Project } from '#compose/model/project.ts';
import { ImageNews } from '../../../client/src/language/image-news.ts';
import type { EngineFactsParams } from '../../../server/src/protocol.ts';

function project(image: string, condition: string): Project {
  return {
    name: 'p',
    services: {
      db: { image, command: null, entrypoint: null },
      web: {
        image: 'web:1',
        command: null,
        entrypoint: null,
        depends_on: { db: { condition, required: true } },
      },
    },
  } as unknown as Project;
}

test('files that wait for the same images do not ask the engine again', async () => {
  let current = project('db:1', 'service_healthy');
  const asked: string[] = [];
  const told: EngineFactsParams[] = [];
  let isThere = false;
  const engine = {
    listImages: async () => {
      asked.push('list');
      return [{ tags: ['db:1', 'web:1'] }, { tags: ['db:1'] }] as never;
    },
    inspectImage: async (image: string) => {
      asked.push(image);
      return { hasHealthcheck: image === 'db:2' } as never;
    },
  };
  const news = new ImageNews(
    () => (isThere ? engine : undefined),
    () => [current],
    (facts) => told.push(facts),
    async () => false,
  );
  await news.filesChanged();
  expect(asked).toEqual([]);

  isThere = true;
  await news.tell();
  expect(told).toEqual([{ images: ['db:1', 'web:1'], healthChecks: { 'db:1': false } }]);
  await news.filesChanged();
  await news.filesChanged();
  expect(asked).toEqual(['list', 'db:1']);

  current = project('db:2', 'service_healthy');
  await news.filesChanged();
  expect(told.at(-1)?.healthChecks).toEqual({ 'db:2': true });

  current = project('db:2', 'service_started');
  await news.filesChanged();
  expect(asked).toEqual(['list', 'db:1', 'list', 'db:2', 'list']);

  await news.tell();
  expect(asked).toHaveLength(6);

  current = {
    name: 'p',
    services: { chat: { image: 'chat', models: { small: null } } },
  } as unknown as Project;
  await news.filesChanged();
  expect(told.at(-1)?.modelRunner).toBe(false);
});
