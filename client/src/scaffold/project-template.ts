import { codeFiles } from './project-code.ts';
import { configFiles } from './project-config.ts';

/** The files of a new project, by their paths below its folder. Paths that end in `.sh` are to be executable. */
export type ProjectFiles = Readonly<Record<string, string>>;

export const projectKinds = ['web', 'static', 'small'] as const;

/** `web`: frontend, backend and database with environments. `static`: a web server and its pages. `small`: one service. */
export type ProjectKind = (typeof projectKinds)[number];

/** A project that comes up as it is, without a remark of the language server. `name` must be a valid project name. */
export function projectFiles(kind: ProjectKind, name: string): ProjectFiles {
  switch (kind) {
    case 'small':
      return { 'compose.yaml': smallProject(name) };
    case 'static':
      return {
        'compose.yaml': staticProject(name),
        'html/index.html': page(name, '<p>Edit <code>html/index.html</code> and reload.</p>'),
        '.env.example': '# Copy to .env and change what differs on your machine.\nWEB_PORT=8080\n',
        '.gitignore': '.env\n',
      };
    case 'web':
      return { ...configFiles(name), ...codeFiles(name) };
  }
}

export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>${title}</title>
  </head>
  <body>
    <h1>${title}</h1>
    ${body}
  </body>
</html>
`;
}

function smallProject(name: string): string {
  return `name: ${name}

services:
  web:
    image: nginx:1.29-alpine
    ports:
      - "8080:80"
    restart: unless-stopped
`;
}

function staticProject(name: string): string {
  return `name: ${name}

services:
  web:
    image: nginx:1.29-alpine
    ports:
      - "\${WEB_PORT:-8080}:80"
    volumes:
      - ./html:/usr/share/nginx/html:ro
    healthcheck:
      test: ["CMD", "wget", "-q", "-O", "/dev/null", "http://127.0.0.1/"]
      interval: 10s
      timeout: 3s
      retries: 3
    restart: unless-stopped
`;
}
