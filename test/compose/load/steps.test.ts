import { describe, expect, it } from 'vitest';
import { load } from '#compose/load/load.ts';
import { stepService } from '#compose/load/step-service.ts';
import type { Service } from '#compose/model/project.ts';
import { formatPhrase } from '#compose/problem/format-phrase.ts';
import { memoryHost } from './memory-host.ts';

async function loaded(compose: string, files: Readonly<Record<string, string>> = {}) {
  const host = memoryHost({ '/project/compose.yaml': compose, ...files });
  return load(host, { cwd: '/project' });
}

/** The service `web`, with its first step as a service. */
async function web(compose: string, files?: Readonly<Record<string, string>>) {
  const { loaded: project, problems } = await loaded(compose, files);
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  const service = project?.project.services.web as Service;
  const step = service.pre_start?.[0] ?? { command: null };
  return { service, step, container: stepService(service, step), project: project?.project };
}

describe('a step before a service starts', () => {
  it('is read as a service is: short forms, paths, variables', async () => {
    const { step } = await web(
      `services:
  web:
    image: nginx
    pre_start:
      - command: migrate now
        volumes: ["./sql:/sql:ro"]
        networks: [back]
        secrets: [token]
        mem_limit: 1g
        env_file: step.env
        environment: [A=1]
networks: { back: {} }
secrets: { token: { file: token } }
`,
      { '/project/step.env': 'A=2\nB=3\n' },
    );
    expect(step).toMatchObject({
      command: ['migrate', 'now'],
      image: 'nginx',
      volumes: [{ type: 'bind', source: '/project/sql', target: '/sql', read_only: true }],
      networks: { back: null },
      secrets: [{ source: 'token' }],
      mem_limit: '1073741824',
      environment: { A: '1', B: '3' },
    });
    expect(step).not.toHaveProperty('env_file');
  });

  it('has what the service has, with its own laid over it as files are laid over each other', async () => {
    const { container } = await web(`services:
  web:
    image: postgres
    user: "999"
    working_dir: /srv
    entrypoint: /entry
    command: postgres
    environment: { OWN: service, SHARED: service }
    extra_hosts: ["inherited:192.0.2.10", "shared:192.0.2.11"]
    dns: 192.0.2.1
    cap_add: [NET_ADMIN]
    sysctls: { net.core.somaxconn: 1024 }
    mem_limit: 1g
    stop_grace_period: 1m
    ulimits: { nofile: { soft: 1, hard: 2 }, nproc: 3 }
    networks: { default: { aliases: [db] } }
    volumes: ["data:/data:ro"]
    pre_start:
      - command: init
        environment: { SHARED: step, ONLY: step }
        extra_hosts: ["declared:192.0.2.20"]
        dns: 192.0.2.2
        ulimits: { nproc: 4 }
        volumes: ["data:/data"]
volumes: { data: {} }
`);
    expect(container).toMatchObject({
      image: 'postgres',
      user: '999',
      working_dir: '/srv',
      entrypoint: ['/entry'],
      command: ['init'],
      environment: { OWN: 'service', SHARED: 'step', ONLY: 'step' },
      extra_hosts: ['declared=192.0.2.20', 'inherited=192.0.2.10', 'shared=192.0.2.11'],
      dns: ['192.0.2.1', '192.0.2.2'],
      cap_add: ['NET_ADMIN'],
      sysctls: { 'net.core.somaxconn': '1024' },
      mem_limit: '1073741824',
      stop_grace_period: '1m0s',
      ulimits: { nofile: { soft: 1, hard: 2 }, nproc: 4 },
      networks: { default: { aliases: ['db'] } },
    });
    expect(container.volumes).toMatchObject([{ source: 'data', target: '/data' }]);
    expect(container.volumes?.[0]).not.toHaveProperty('read_only');
  });

  it('has nothing of what keeps a service running, and not the volumes, which come from its container', async () => {
    const { container } = await web(`services:
  web:
    image: nginx
    restart: always
    ports: ["80:80"]
    container_name: web
    healthcheck: { test: "true" }
    deploy: { resources: { limits: { memory: 1g } } }
    depends_on: [other]
    volumes: ["data:/data"]
    tty: true
    pre_start: [{ command: x, per_replica: true }]
  other: { image: x }
volumes: { data: {} }
`);
    expect(container).toEqual({
      image: 'nginx',
      command: ['x'],
      entrypoint: null,
      networks: { default: null },
    });
  });

  it('is part of what a project needs', async () => {
    const { project } = await web(`services:
  web: { image: nginx, pre_start: [{ command: x, networks: [back], volumes: ["kept:/kept"], configs: [c] }] }
networks: { back: {}, unused: {} }
volumes: { kept: {}, unused: {} }
configs: { c: { content: x }, unused: { content: x } }
`);
    expect(Object.keys(project?.networks ?? {})).toEqual(['back', 'default']);
    expect(Object.keys(project?.volumes ?? {})).toEqual(['kept']);
    expect(Object.keys(project?.configs ?? {})).toEqual(['c']);
  });

  it.each([
    ['networks: [no]', 'undefined-network no'],
    ['volumes: ["no:/x"]', 'undefined-volume "no:/x"'],
    ['secrets: [no]', 'undefined-secret no'],
    ['configs: [{ source: no }]', 'undefined-config { source: no }'],
    ['ports: ["80"]', 'schema-unknown-property ports'],
    ['restart: always', 'schema-unknown-property restart'],
    ['env_file: no.env', 'file-not-found no.env'],
  ])('is checked as a service is: %s', async (line, expected) => {
    const text = `services:\n  web:\n    image: nginx\n    pre_start:\n      - command: x\n        ${line}\n`;
    const { problems } = await loaded(text);
    expect(
      problems
        .filter(({ severity }) => severity === 'error')
        .map(({ code, span, message }) => {
          expect(formatPhrase(message)).not.toBe('');
          return `${code} ${text.slice(span.start, span.end)}`;
        }),
    ).toEqual([expected]);
  });
});
