import { expect, it } from 'vitest';
import { imagePorts } from '#engine/kubernetes/image-ports.ts';
import { EngineError } from '#engine/api/engine-error.ts';
import { toImage } from '#engine/api/dockerode/read-answers.ts';
import { projectOf } from '../../compose/convert/kubernetes/project-of.ts';

it('asks for the images of services that name no port', async () => {
  const { project } = await projectOf(`services:
  db: { image: postgres }
  web: { image: nginx, ports: ["80:80"] }
  own: { build: . }
  away: { image: missing }
  plain: { image: busybox }`);
  const asked: string[] = [];
  const inspectImage = async (reference: string) => {
    asked.push(reference);
    if (reference === 'missing') throw new EngineError('not-found', 'no such image');
    const exposed = reference === 'postgres' ? { ExposedPorts: { '5432/tcp': {} } } : {};
    return { ...toImage({}), config: exposed };
  };
  const ports = await imagePorts(project, { inspectImage }, new AbortController().signal);
  expect([...ports]).toEqual([['db', ['5432/tcp']]]);
  expect(asked).toEqual(['postgres', 'missing', 'busybox']);
});
