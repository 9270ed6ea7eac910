import type { Service } from '#compose/model/project.ts';

/** What starts a service under its debugger, as a compose file to lie on top of its own. JSON is YAML; what looks like a variable is none any more. */
export function debugOverride(name: string, { entrypoint, command, environment }: Service): string {
  const service = {
    ...(entrypoint === null ? {} : { entrypoint }),
    ...(command === null ? {} : { command }),
    ...(environment === undefined ? {} : { environment }),
    healthcheck: { disable: true },
    restart: 'no',
  };
  return JSON.stringify({ services: { [name]: service } }).replaceAll('$', '$$$$');
}
