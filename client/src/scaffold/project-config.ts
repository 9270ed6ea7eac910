import { templateImages } from '#compose/values/template-images.ts';
import type { TemplateFiles } from './template-files.ts';

/** The compose files of a web project, one for each environment, with what they read. */
export function configFiles(name: string): TemplateFiles {
  return {
    'docker-compose.yml': base(name),
    'docker-compose.override.yml': development,
    'docker-compose.prod.yml': production,
    'docker-compose.test.yml': test,
    '.env': environment('change-me-on-this-machine'),
    '.env.example': `# Copy to .env and fill in. .env itself is not committed.\n${environment('')}`,
    '.gitignore': '.env\nnode_modules/\nbackups/\n',
    '.dockerignore': '.git\n.env*\nnode_modules\nbackups\n**/*.md\n',
    'config/nginx/default.conf': nginx,
    'scripts/deploy.sh': deploy,
    'scripts/backup.sh': backup,
    'scripts/health-check.sh': healthCheck,
  };
}

function base(name: string): string {
  return `# What is the same everywhere. docker-compose.override.yml adds what development needs;
# docker-compose.prod.yml and docker-compose.test.yml are for production and tests.
name: ${name}

services:
  frontend:
    build:
      context: ./services/frontend
    volumes:
      - ./config/nginx/default.conf:/etc/nginx/conf.d/default.conf:ro
    networks:
      - frontend
    depends_on:
      backend:
        condition: service_healthy
    healthcheck:
      test: ["CMD", "wget", "-q", "-O", "/dev/null", "http://127.0.0.1/"]
      interval: 10s
      timeout: 3s
      retries: 5
    restart: unless-stopped

  backend:
    build:
      context: ./services/backend
    environment:
      PORT: "3000"
      DATABASE_HOST: database
      DATABASE_NAME: \${DB_NAME:-app}
      DATABASE_USER: \${DB_USER:-app}
      DATABASE_PASSWORD: \${DB_PASSWORD:?set DB_PASSWORD in .env}
    networks:
      - frontend
      - backend
    depends_on:
      database:
        condition: service_healthy
    healthcheck:
      test: ["CMD", "wget", "-q", "-O", "/dev/null", "http://127.0.0.1:3000/health"]
      interval: 10s
      timeout: 3s
      retries: 5
    restart: unless-stopped

  database:
    image: ${templateImages.postgres}
    environment:
      POSTGRES_DB: \${DB_NAME:-app}
      POSTGRES_USER: \${DB_USER:-app}
      POSTGRES_PASSWORD: \${DB_PASSWORD:?set DB_PASSWORD in .env}
    volumes:
      - database-data:/var/lib/postgresql/data
      - ./services/database/init:/docker-entrypoint-initdb.d:ro
    networks:
      - backend
    healthcheck:
      test: ["CMD-SHELL", "pg_isready -U $$POSTGRES_USER -d $$POSTGRES_DB"]
      interval: 5s
      timeout: 3s
      retries: 10
    restart: unless-stopped

networks:
  frontend:
  backend:
    internal: true

volumes:
  database-data:
`;
}

const development = `# Development: \`docker compose up\` reads this file by itself.
services:
  frontend:
    ports:
      - "\${WEB_PORT:-8080}:80"
    volumes:
      - ./services/frontend/src:/usr/share/nginx/html:ro

  backend:
    environment:
      NODE_ENV: development
    volumes:
      - ./services/backend/api:/app/api:ro
`;

const production = `# Production: docker compose -f docker-compose.yml -f docker-compose.prod.yml up -d
services:
  frontend:
    build:
      context: ./services/frontend
      dockerfile: Dockerfile.prod
    ports:
      - "\${WEB_PORT:-80}:80"
    deploy:
      resources:
        limits:
          cpus: "0.5"
          memory: 128M
    logging: &logging
      driver: json-file
      options:
        max-size: 10m
        max-file: "3"

  backend:
    environment:
      NODE_ENV: production
    deploy:
      replicas: 2
      resources:
        limits:
          cpus: "0.5"
          memory: 256M
    read_only: true
    cap_drop:
      - ALL
    logging: *logging

  database:
    deploy:
      resources:
        limits:
          cpus: "1"
          memory: 1G
    logging: *logging
`;

const test = `# Tests: in the Test Explorer, or
# docker compose -f docker-compose.test.yml up --build --abort-on-container-exit
services:
  test-database:
    image: ${templateImages.postgres}
    environment:
      POSTGRES_DB: test
      POSTGRES_USER: test
      POSTGRES_HOST_AUTH_METHOD: trust
    healthcheck:
      test: ["CMD-SHELL", "pg_isready -U test -d test"]
      interval: 2s
      timeout: 3s
      retries: 15

  backend-tests:
    build:
      context: ./services/backend
    environment:
      NODE_ENV: test
      DATABASE_HOST: test-database
    depends_on:
      test-database:
        condition: service_healthy
    command: ["npm", "test"]
`;

function environment(password: string): string {
  return `# Database
DB_NAME=app
DB_USER=app
DB_PASSWORD=${password}

# Where the application is published on this machine
WEB_PORT=8080
`;
}

const nginx = `server {
  listen 80;

  location / {
    root /usr/share/nginx/html;
    try_files $uri /index.html;
  }

  location /api/ {
    proxy_pass http://backend:3000;
    proxy_set_header Host $host;
    proxy_set_header X-Real-IP $remote_addr;
    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
  }
}
`;

const deploy = `#!/bin/sh
# Deploys an environment: ./scripts/deploy.sh [prod]
set -eu
cd "$(dirname "$0")/.."
environment=\${1:-prod}
files="-f docker-compose.yml -f docker-compose.$environment.yml"

./scripts/backup.sh "$environment"
docker compose $files build --pull
docker compose $files up -d --remove-orphans --wait
./scripts/health-check.sh "$environment"
`;

const backup = `#!/bin/sh
# Saves the database: ./scripts/backup.sh [prod]
set -eu
cd "$(dirname "$0")/.."
environment=\${1:-prod}
files="-f docker-compose.yml -f docker-compose.$environment.yml"

if [ -z "$(docker compose $files ps --quiet database)" ]; then
  echo 'The database is not running: nothing to save.'
  exit 0
fi
mkdir -p backups
docker compose $files exec -T database sh -c 'pg_dump -U "$POSTGRES_USER" "$POSTGRES_DB"' > "backups/$(date +%Y%m%d-%H%M%S).sql"
`;

const healthCheck = `#!/bin/sh
# Fails unless every service is running and healthy: ./scripts/health-check.sh [prod]
set -eu
cd "$(dirname "$0")/.."
environment=\${1:-prod}
files="-f docker-compose.yml -f docker-compose.$environment.yml"

bad=$(docker compose $files ps --all --format '{{.Name}} {{.State}} {{.Health}}' | grep -v ' running healthy$' || true)
if [ -n "$bad" ]; then
  echo "Not healthy:"
  echo "$bad"
  exit 1
fi
echo 'All services are healthy.'
`;
