import { describe, expect, it } from 'vitest';
import { placesIn } from '../../../client/src/lens/service-places.ts';

const text = `services:
  web:
    image: nginx:alpine
    ports:
      - "8080:80"
      - "\${PORT:-9000}:9000/udp"
      - 127.0.0.1:3000-3001:3000-3001
      - target: 443
        published: "8443"
      - "5000"
    healthcheck:
      test: curl localhost
  worker:
    build: .
`;

describe('where services stand in a text', () => {
  const places = placesIn('file:///compose.yaml', text);
  const at = ({ start, end }: { readonly start: number; readonly end: number }) => text.slice(start, end);

  it('names, images and health checks', () => {
    expect(places.services && at(places.services)).toBe('services');
    expect(places.list.map(({ key }) => at(key))).toEqual(['web', 'worker']);
    const [web, worker] = places.list;
    expect(web?.image && at(web.image)).toBe('nginx:alpine');
    expect(web?.healthcheck && at(web.healthcheck)).toBe('healthcheck');
    expect(worker?.image).toBeUndefined();
  });

  it('ports, by what they are in the container, in every form', () => {
    expect(places.list[0]?.ports.map(({ target, published }) => [target, published])).toEqual([
      [80, 8080],
      [9000, undefined],
      [3000, 3000],
      [443, 8443],
      [5000, undefined],
    ]);
  });

  it.each([
    ['nothing', ''],
    ['a key without services', 'services:\n'],
    ['a service that is being typed', 'services:\n  web\n'],
    ['another kind of value', 'services: [web]\n'],
  ])('%s is no reason to fail', (_, broken) => {
    expect(placesIn('file:///compose.yaml', broken).list).toEqual([]);
  });

  it('has the names of jobs', () => {
    const text = 'jobs:\n  seed: { image: x }\n  migrate:\n';
    const { jobs } = placesIn('file:///compose.yaml', text);
    expect(jobs.map(({ name, key }) => [name, text.slice(key.start, key.end)])).toEqual([
      ['seed', 'seed'],
      ['migrate', 'migrate'],
    ]);
  });
});
