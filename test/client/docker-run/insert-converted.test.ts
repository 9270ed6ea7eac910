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
  ).toBe(`services:
    web:
        image: httpd:2

    web2:
        image: nginx
        ports:
            - "8080:80"
        volumes:
            - data:/data
        networks:
            - back

    # --publish-all has no counterpart: list the ports of the image under "ports".
    db:
        image: postgres:17
        networks:
            - back

volumes:
    data: # ours

networks:
    back:
`);
});

it('begins an empty file', () => {
  expect(applied('', 'docker run -v data:/data nginx')).toBe(`services:
  nginx:
    image: nginx
    volumes:
      - data:/data

volumes:
  # Compose makes volumes of its own. To go on with one that exists, give it "external: true".
  data:
`);
});

it('keeps the line ends of the file', () => {
  expect(applied('services:\r\n  a:\r\n    image: b\r\n', 'docker run nginx')).toBe(
    'services:\r\n  a:\r\n    image: b\r\n\r\n  nginx:\r\n    image: nginx\r\n',
  );
});

it('leaves a file in braces to be changed by hand', () => {
  expect(applied('services: {a: {image: b}}\n', 'docker run nginx')).toBeUndefined();
});
