import { basename, dirname, join } from 'node:path';
import type { Service } from '#compose/model/project.ts';

export const environmentNames = ['dev', 'test', 'prod'] as const;
export type EnvironmentName = (typeof environmentNames)[number];

/** The override file of an environment beside its base: `compose.prod.yaml` for `compose.yaml`. */
export function environmentPath(baseFile: string, environment: string): string {
  const name = basename(baseFile).replace(/\.(ya?ml)$/i, `.${environment}.$1`);
  return join(dirname(baseFile), name);
}

/** What the environment changes of these services: enough to run as it is, and to go on from. */
export function environmentFile(
  environment: EnvironmentName,
  baseFile: string,
  services: Readonly<Record<string, Service>>,
): string {
  const own = basename(environmentPath(baseFile, environment));
  const command = `docker compose -f ${basename(baseFile)} -f ${own} up${environment === 'test' ? ' --abort-on-container-exit' : ' -d'}`;
  const blocks = Object.entries(services).map(([name, service]) => {
    const lines = linesOf[environment](service);
    return `  ${name}:\n${lines.map((line) => `    ${line}\n`).join('')}`;
  });
  return `# ${titles[environment]}: ${command}\nservices:\n${blocks.join('\n')}`;
}

/** The names of a file of variables, for another environment to fill in: as long as they are comments, the usual values hold. */
export function environmentVariables(environment: string, text: string): string {
  const names = [...text.matchAll(/^(?:export\s+)?([A-Za-z_]\w*)=/gm)].map(([, name]) => name ?? '');
  return `# What differs from .env in ${environment}.\n${[...new Set(names)].map((name) => `# ${name}=\n`).join('')}`;
}

const titles: Readonly<Record<EnvironmentName, string>> = {
  dev: 'Development',
  test: 'Tests',
  prod: 'Production',
};

/** Ports that one wants to reach from one's own machine while developing. */
const tools: readonly (readonly [image: RegExp, port: number])[] = [
  [/(?:^|\/)(?:postgres|postgis)\b/, 5432],
  [/(?:^|\/)(?:mysql|mariadb)\b/, 3306],
  [/(?:^|\/)mongo\b/, 27017],
  [/(?:^|\/)(?:redis|valkey)\b/, 6379],
];

const linesOf: Readonly<Record<EnvironmentName, (service: Service) => readonly string[]>> = {
  dev: ({ image, ports = [] }) => {
    const port = tools.find(([pattern]) => pattern.test(image ?? ''))?.[1];
    const isReachable = ports.some(({ target }) => target === port);
    return [
      'environment:',
      '  LOG_LEVEL: debug',
      ...(port === undefined || isReachable ? [] : ['ports:', `  - "127.0.0.1:${port}:${port}"`]),
    ];
  },
  test: () => ['environment:', '  LOG_LEVEL: warn', 'restart: "no"'],
  prod: () => [
    'restart: always',
    'deploy:',
    '  resources:',
    '    limits:',
    '      cpus: "0.5"',
    '      memory: 512M',
    'logging:',
    '  driver: json-file',
    '  options:',
    '    max-size: 10m',
    '    max-file: "3"',
  ],
};
