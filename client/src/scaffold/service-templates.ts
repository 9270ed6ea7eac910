import { templateImages } from '#compose/values/template-images.ts';
/** A service that can be added to a compose file. */
export interface ServiceTemplate {
  readonly id: string;
  readonly title: string;
  /** What it is called if nothing of that name is there yet. */
  readonly name: string;
  /** Its mapping, indented by two spaces a level, without its name; `NAME` stands for that. */
  readonly body: string;
  /** Named volumes it needs; `NAME` stands for its name. */
  readonly volumes: readonly string[];
}

export const serviceTemplates: readonly ServiceTemplate[] = [
  {
    id: 'postgres',
    title: 'PostgreSQL',
    name: 'database',
    volumes: ['NAME-data'],
    body: `image: ${templateImages.postgres}
environment:
  POSTGRES_DB: \${DB_NAME:-app}
  POSTGRES_USER: \${DB_USER:-app}
  POSTGRES_PASSWORD: \${DB_PASSWORD:?set DB_PASSWORD in .env}
volumes:
  - NAME-data:/var/lib/postgresql/data
healthcheck:
  test: ["CMD-SHELL", "pg_isready -U $$POSTGRES_USER -d $$POSTGRES_DB"]
  interval: 10s
  timeout: 5s
  retries: 5
restart: unless-stopped`,
  },
  {
    id: 'mysql',
    title: 'MySQL',
    name: 'database',
    volumes: ['NAME-data'],
    body: `image: ${templateImages.mysql}
environment:
  MYSQL_DATABASE: \${DB_NAME:-app}
  MYSQL_USER: \${DB_USER:-app}
  MYSQL_PASSWORD: \${DB_PASSWORD:?set DB_PASSWORD in .env}
  MYSQL_RANDOM_ROOT_PASSWORD: "yes"
volumes:
  - NAME-data:/var/lib/mysql
healthcheck:
  test: ["CMD", "mysqladmin", "ping", "-h", "127.0.0.1"]
  interval: 10s
  timeout: 5s
  retries: 5
restart: unless-stopped`,
  },
  {
    id: 'mongo',
    title: 'MongoDB',
    name: 'mongodb',
    volumes: ['NAME-data'],
    body: `image: ${templateImages.mongo}
environment:
  MONGO_INITDB_ROOT_USERNAME: \${MONGO_USER:-admin}
  MONGO_INITDB_ROOT_PASSWORD: \${MONGO_PASSWORD:?set MONGO_PASSWORD in .env}
volumes:
  - NAME-data:/data/db
healthcheck:
  test: ["CMD", "mongosh", "--quiet", "--eval", "db.adminCommand('ping')"]
  interval: 10s
  timeout: 5s
  retries: 5
restart: unless-stopped`,
  },
  {
    id: 'redis',
    title: 'Redis',
    name: 'cache',
    volumes: ['NAME-data'],
    body: `image: ${templateImages.redis}
command: ["redis-server", "--appendonly", "yes"]
volumes:
  - NAME-data:/data
healthcheck:
  test: ["CMD", "redis-cli", "ping"]
  interval: 10s
  timeout: 3s
  retries: 5
restart: unless-stopped`,
  },
  {
    id: 'rabbitmq',
    title: 'RabbitMQ',
    name: 'queue',
    volumes: ['NAME-data'],
    body: `image: ${templateImages.rabbitmq}
environment:
  RABBITMQ_DEFAULT_USER: \${RABBITMQ_USER:-app}
  RABBITMQ_DEFAULT_PASS: \${RABBITMQ_PASSWORD:?set RABBITMQ_PASSWORD in .env}
ports:
  - "127.0.0.1:15672:15672"
volumes:
  - NAME-data:/var/lib/rabbitmq
healthcheck:
  test: ["CMD", "rabbitmq-diagnostics", "-q", "ping"]
  interval: 15s
  timeout: 10s
  retries: 5
restart: unless-stopped`,
  },
  {
    id: 'nginx',
    title: 'nginx',
    name: 'web',
    volumes: [],
    body: `image: ${templateImages.nginx}
ports:
  - "8080:80"
healthcheck:
  test: ["CMD", "wget", "-q", "-O", "/dev/null", "http://127.0.0.1/"]
  interval: 10s
  timeout: 3s
  retries: 3
restart: unless-stopped`,
  },
  {
    id: 'adminer',
    title: 'Adminer',
    name: 'adminer',
    volumes: [],
    body: `image: ${templateImages.adminer}
ports:
  - "127.0.0.1:8081:8080"
restart: unless-stopped`,
  },
  {
    id: 'mailpit',
    title: 'Mailpit',
    name: 'mail',
    volumes: [],
    body: `image: ${templateImages.mailpit}
ports:
  - "127.0.0.1:8025:8025"
restart: unless-stopped`,
  },
  {
    id: 'build',
    title: 'Dockerfile',
    name: 'app',
    volumes: [],
    body: `build:
  context: .
ports:
  - "3000:3000"
restart: unless-stopped`,
  },
  {
    id: 'image',
    title: 'Image',
    name: 'service',
    volumes: [],
    body: `image: ${templateImages.busybox}
command: ["sleep", "infinity"]
init: true
restart: unless-stopped`,
  },
];
