import { templateImages } from '#compose/values/template-images.ts';
import { codeFiles } from './project-code.ts';
import { configFiles } from './project-config.ts';
import { page, type TemplateFiles } from './template-files.ts';

export const projectKinds = ['web', 'static', 'small'] as const;

/** `web`: frontend, backend and database with environments. `static`: a web server and its pages. `small`: one service. */
export type ProjectKind = (typeof projectKinds)[number];

/** A project that comes up as it is, without a remark of the language server. `name` must be a valid project name. */
export function projectFiles(kind: ProjectKind, name: string): TemplateFiles {
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

function smallProject(name: string): string {
  return `name: ${name}

services:
  web:
    image: ${templateImages.nginx}
    ports:
      - "8080:80"
    restart: unless-stopped
`;
}

function staticProject(name: string): string {
  return `name: ${name}

services:
  web:
    image: ${templateImages.nginx}
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
