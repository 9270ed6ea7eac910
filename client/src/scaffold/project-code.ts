import { templateImages } from '#compose/values/template-images.ts';
import { page, type TemplateFiles } from './template-files.ts';

/** The images of a web project: what they are built from, small but real. */
export function codeFiles(name: string): TemplateFiles {
  return {
    'services/frontend/Dockerfile': `FROM ${templateImages.nginx}
COPY src/ /usr/share/nginx/html/
EXPOSE 80
`,
    'services/frontend/Dockerfile.prod': `FROM ${templateImages.nginx}
RUN rm -f /etc/nginx/conf.d/default.conf
COPY src/ /usr/share/nginx/html/
EXPOSE 80
`,
    'services/frontend/.dockerignore': '*\n!src\n',
    'services/frontend/src/index.html': page(
      name,
      `<p id="answer">Asking the backend…</p>
    <script>
      fetch('/api/hello')
        .then((response) => response.json())
        .then(({ message }) => {
          document.getElementById('answer').textContent = message;
        });
    </script>`,
    ),
    'services/backend/Dockerfile': `FROM ${templateImages.node}
WORKDIR /app
COPY package*.json ./
RUN npm install --omit=dev
COPY api/ ./api/
USER node
EXPOSE 3000
CMD ["node", "api/server.js"]
`,
    'services/backend/.dockerignore': 'node_modules\nnpm-debug.log\n',
    'services/backend/package.json': `{
  "name": "${name}-backend",
  "version": "1.0.0",
  "private": true,
  "scripts": {
    "start": "node api/server.js",
    "test": "node --test api/"
  }
}
`,
    'services/backend/api/server.js': `const { createServer } = require('node:http');
const { answer } = require('./routes.js');

const port = Number(process.env.PORT ?? 3000);
const server = createServer((request, response) => {
  const { status, body } = answer(request.url);
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
});
server.listen(port, () => console.log(\`Listening on port \${port}\`));

// Compose sends SIGTERM to stop a container.
process.on('SIGTERM', () => server.close(() => process.exit(0)));
`,
    'services/backend/api/routes.js': `exports.answer = (url) => {
  switch (url) {
    case '/health':
      return { status: 200, body: { status: 'ok' } };
    case '/api/hello':
      return { status: 200, body: { message: 'Hello from the backend.' } };
    default:
      return { status: 404, body: { error: 'not found' } };
  }
};
`,
    'services/backend/api/routes.test.js': `const assert = require('node:assert/strict');
const { test } = require('node:test');
const { answer } = require('./routes.js');

test('the health check is answered', () => {
  assert.equal(answer('/health').status, 200);
});

test('what is not there is not found', () => {
  assert.equal(answer('/nowhere').status, 404);
});
`,
    'services/database/init/001-schema.sql': `-- Run once, when the volume is new.
CREATE TABLE IF NOT EXISTS notes (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  text TEXT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
`,
    'services/database/migrations/README.md': `Changes of the schema after the first start go here, numbered: \`002-….sql\`.
`,
  };
}
