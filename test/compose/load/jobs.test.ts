import { describe, expect, it } from 'vitest';
import { load } from '#compose/load/load.ts';
import type { LoadRequest } from '#compose/load/request.ts';
import { formatPhrase } from '#compose/problem/format-phrase.ts';
import { memoryHost } from './memory-host.ts';

const project = `services:
  web: { image: nginx }
  db: { image: postgres, profiles: [data] }
jobs:
  migrate:
    image: migrations:\${TAG:-1}
    profiles: [data]
    depends_on: [seed]
    networks: [back]
    volumes: ["./sql:/sql:ro"]
    triggers: { manual: true }
  seed:
    image: seeds
    triggers: { manual: true }
  rotate:
    image: rotate
    triggers: { manual: false, schedule: ["0 3 * * 1-5"] }
networks: { back: {} }
`;

async function loaded(compose: string, request: Partial<LoadRequest> = {}) {
  return load(memoryHost({ '/project/compose.yaml': compose }), { cwd: '/project', ...request });
}

/** Codes and the text that each is shown at. */
async function problems(jobs: string, services = 'web: { image: nginx }'): Promise<string[]> {
  const compose = `services:\n  ${services}\njobs:\n  job:\n    image: x\n    ${jobs}\n`;
  const result = await loaded(compose);
  return result.problems
    .filter(({ code }) => code !== 'experimental-jobs')
    .map(
      ({ code, span, message }) => `${code} ${compose.slice(span.start, span.end)}: ${formatPhrase(message)}`,
    );
}

describe('jobs', () => {
  it('are apart from the services of a project, and said once to be new', async () => {
    const { loaded: result, problems: found } = await loaded(project);
    expect(Object.keys(result?.project.services ?? {})).toEqual(['web']);
    expect(Object.keys(result?.disabled ?? {})).toEqual(['db']);
    expect(result?.jobs).toEqual([
      { name: 'migrate', manual: true, schedule: [] },
      { name: 'seed', manual: true, schedule: [] },
      { name: 'rotate', manual: false, schedule: ['0 3 * * 1-5'] },
    ]);
    expect(found.map(({ code, severity }) => [code, severity])).toEqual([
      ['experimental-jobs', 'information'],
    ]);
  });

  it('are loaded as a service is when one is asked for, with what it depends on and its profile', async () => {
    const { loaded: result } = await loaded(project, { services: ['migrate'], withJobs: true });
    expect(result?.project.services).toMatchObject({
      migrate: {
        image: 'migrations:1',
        depends_on: { seed: { condition: 'service_started', required: true } },
        networks: { back: null },
        volumes: [{ type: 'bind', source: '/project/sql', target: '/sql', read_only: true }],
      },
      seed: { image: 'seeds' },
    });
    expect(Object.keys(result?.project.services ?? {})).toEqual(['migrate', 'seed']);
    expect(result?.project.services.migrate).not.toHaveProperty('triggers');
    expect(result?.project.networks).toHaveProperty('back');
  });

  it('are no services for other commands', async () => {
    const { problems: found } = await loaded(project, { services: ['migrate'] });
    expect(found.map(({ code }) => code)).toContain('no-such-service');
  });

  it('are among the services of all profiles, for what their containers are about', async () => {
    const { loaded: result } = await loaded(project, { profiles: ['*'], withJobs: true });
    expect(Object.keys(result?.project.services ?? {})).toEqual(['web', 'db', 'migrate', 'seed', 'rotate']);
    expect(result?.project.networks).toHaveProperty('back');
  });

  it('are merged over files', async () => {
    const host = memoryHost({
      '/project/a.yaml': 'jobs: { one: { image: a, environment: { A: "1" }, triggers: { manual: true } } }\n',
      '/project/b.yaml': 'jobs: { one: { environment: { B: "2" } } }\n',
    });
    const files = ['a.yaml', 'b.yaml'];
    const { loaded: result } = await load(host, {
      cwd: '/project',
      files,
      services: ['one'],
      withJobs: true,
    });
    expect(result?.project.services.one?.environment).toEqual({ A: '1', B: '2' });
  });

  it.each([
    ['triggers: { schedule: ["*/10 0-23/2 1,15 * 7"] }', []],
    ['triggers: { schedule: ["${CRON:-0 0 * *}"] }', ['job-schedule']],
    ['triggers: {}', ['job-triggers']],
    ['triggers: { manual: true, schedule: ["0 0 * * *"] }', ['job-triggers']],
    ['triggers: { manual: false }', ['job-never-runs']],
    ['triggers: { schedule: ["@daily"] }', ['job-schedule']],
    ['triggers: { schedule: ["60 0 * * *"] }', ['job-schedule']],
    ['triggers: { schedule: ["0 0 * jan *"] }', ['job-schedule']],
    ['triggers: { schedule: ["5-1 0 * * *"] }', ['job-schedule']],
    ['triggers: { schedule: [{ cron: "0 0 * * *", timezone: Europe/Paris }] }', []],
    ['triggers: { schedule: [{ cron: "0 0 * * *", timezone: Europe/Nowhere }] }', ['job-schedule']],
    ['triggers: { schedule: ["0 0 * * *", "1 0 * * *"] }', ['job-schedule']],
    ['triggers: { schedule: [{ cron: "0 0 * * *", concurrency: allow }] }', ['schema-enum']],
    ['triggers: { schedule: [{ timezone: UTC }] }', ['schema-required']],
    ['triggers: { manual: true }\n    restart: always', ['schema-unknown-property']],
    ['triggers: { manual: true }\n    networks: [nowhere]', ['undefined-network']],
    ['triggers: { manual: true }\n    depends_on: [nobody]', ['undefined-dependency']],
  ])('%s', async (jobs, codes) => {
    expect((await problems(jobs)).map((line) => line.split(' ')[0])).toEqual(codes);
  });

  it('cannot have the name of a service, or be waited for by one', async () => {
    expect(await problems('triggers: { manual: true }', 'job: { image: nginx }')).toEqual([
      'job-name job: The job "job" has the name of a service, and "run" takes both. Rename one of them.',
    ]);
    expect(await problems('triggers: { manual: true }', 'web: { image: nginx, depends_on: [job] }')).toEqual([
      expect.stringMatching(/^job-dependency job: The service "web" depends on the job "job"/),
    ]);
  });
});
