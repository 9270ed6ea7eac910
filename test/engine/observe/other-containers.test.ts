import { describe, expect, it } from 'vitest';
import { isOther, otherProjects } from '#engine/observe/other-containers.ts';
import { container } from '../../client/containers.ts';

const compose = { 'com.docker.compose.project': 'shop', 'com.docker.compose.service': 'web' };

describe('a container that Compose did not make', () => {
  it.each([
    ['of no tool', {}, true],
    ['of podman-compose', { ...compose, 'io.podman.compose.project': 'shop' }, true],
    ['of a tool that writes no hash', compose, true],
    ['of Compose', { ...compose, 'com.docker.compose.config-hash': 'abc' }, false],
    ['of a hook', { ...compose, 'com.docker.compose.hook': 'pre_start' }, false],
    ['of a swarm', { 'com.docker.swarm.task.id': 't1' }, false],
    ['that looks into a volume', { 'composure.volume': 'data' }, false],
  ])('%s: %o is one: %s', (_, labels, expected) => {
    expect(isOther(labels)).toBe(expected);
  });

  it('is in the project of its tool, else in none', () => {
    const podman = { 'io.podman.compose.project': 'blog' };
    const projects = otherProjects(
      [],
      [
        container({ name: 'zoo' }),
        container({ name: 'blog_web_1', labels: podman }),
        container({ name: 'shop-web-1', labels: { ...compose, 'com.docker.compose.config-hash': 'abc' } }),
        container({ name: 'ant' }),
        container({ name: 'blog_db_1', labels: podman }),
      ],
    );
    expect(projects.map(({ name, services }) => [name, services.map((each) => each.name)])).toEqual([
      ['', ['ant', 'zoo']],
      ['blog', ['blog_db_1', 'blog_web_1']],
    ]);
  });

  it('is the same object until something of its project changes', () => {
    const containers = [
      container({ name: 'ant' }),
      container({ name: 'web', labels: { 'io.podman.compose.project': 'blog' } }),
    ];
    const before = otherProjects([], containers);
    expect(otherProjects(before, [...containers])).toBe(before);
    const after = otherProjects(before, [
      container({ name: 'ant', state: 'exited' }),
      ...containers.slice(1),
    ]);
    expect(after).not.toBe(before);
    expect(after[1]).toBe(before[1]);
  });
});
