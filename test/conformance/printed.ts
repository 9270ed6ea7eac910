import type { Project } from '#compose/model/project.ts';

/** What Docker Compose prints: no models, and no content that came from a variable. */
export function printed(project: Project): unknown {
  const { models: _, ...rest } = project;
  const withoutContent = (objects: Project['configs'], always: boolean) =>
    objects === undefined
      ? {}
      : Object.fromEntries(
          Object.entries(objects).map(([name, { content, ...object }]) => [
            name,
            content === undefined || always || object.environment !== undefined
              ? object
              : { ...object, content },
          ]),
        );
  return JSON.parse(
    JSON.stringify({
      ...rest,
      ...(project.secrets === undefined ? {} : { secrets: withoutContent(project.secrets, true) }),
      ...(project.configs === undefined ? {} : { configs: withoutContent(project.configs, false) }),
    }),
  );
}
