import { expect, it } from 'vitest';
import { convertDockerRun } from '#compose/convert/docker-run/docker-run.ts';
import { insertConverted } from '../../../client/src/docker-run/insert-converted.ts';

function applied(text: string, commands: string): string | undefined {
  return insertConverted(text, convertDockerRun(commands))?.reduceRight(
    (result, { offset, text: put }) => result.slice(0, offset) + put + result.slice(offset),
    text,
  );
}

const commands = `docker network create back
docker run -d --name web --network back -v data:/data -p 8080:80 nginx
docker run -d --name db --network back -P postgres:17`;

it('puts services, networks and volumes where they belong, in the indentation of the file', () => {
  expect(
    applied('services:\n    web:\n        image: httpd:2\n\nvolumes:\n    data: # ours\n', commands),
  ).toBe(
    `services:\n    web:\n        image: httpd:2\n\n    web2:\n        image: nginx\n        ports:\n            - "8080:80"\n        volumes:\n            - data:/data\n        networks:\n            - back\n\n    # --publish-all has no equivalent. List the ports of the image under "ports".\n    db:\n        image: postgres:17\n        networks:\n            - back\n\nvolumes:\n    data: # ours\n\nnetworks:\n    back:\n`,
  );
});

it('begins an empty file', () => {
  expect(applied('', 'docker run -v data:/data nginx')).toBe(
    `services:\n  nginx:\n    image: nginx\n    volumes:\n      - data:/data\n\nvolumes:\n  # Compose creates its own volumes. To keep using an existing volume, set "external: true" on it.\n  data:\n`,
  );
});

it('keeps the line ends of the file', () => {
  expect(applied('services:\r\n  a:\r\n    image: b\r\n', 'docker run nginx')).toBe(
    'services:\r\n  a:\r\n    image: b\r\n\r\n  nginx:\r\n    image: nginx\r\n',
  );
});

it('leaves a file in braces to be changed by hand', () => {
  expect(applied('services: {a: {image: b}}\n', 'docker run nginx')).toBeUndefined();
});
