import { splitReference } from '#compose/values/image-reference.ts';

/** What images of the library want to be told, and how they are asked whether they are well. */
export interface ImageFacts {
  /** Names of variables, the most wanted first. */
  readonly environment: readonly string[];
  readonly ports: readonly number[];
  /** `healthcheck.test`, each as it is written in YAML. */
  readonly healthChecks: readonly string[];
}

function facts(
  environment: string,
  ports: readonly number[],
  ...healthChecks: readonly string[]
): ImageFacts {
  return { environment: environment === '' ? [] : environment.split(' '), ports, healthChecks };
}

const http = (port: number) => `["CMD-SHELL", "wget -q --spider http://127.0.0.1:${port}/ || exit 1"]`;

const known: Readonly<Record<string, ImageFacts>> = {
  postgres: facts(
    'POSTGRES_PASSWORD POSTGRES_USER POSTGRES_DB POSTGRES_PASSWORD_FILE POSTGRES_INITDB_ARGS PGDATA POSTGRES_HOST_AUTH_METHOD TZ',
    [5432],
    '["CMD-SHELL", "pg_isready"]',
  ),
  mysql: facts(
    'MYSQL_ROOT_PASSWORD MYSQL_DATABASE MYSQL_USER MYSQL_PASSWORD MYSQL_RANDOM_ROOT_PASSWORD MYSQL_ROOT_HOST TZ',
    [3306],
    '["CMD", "mysqladmin", "ping", "-h", "127.0.0.1"]',
  ),
  mariadb: facts(
    'MARIADB_ROOT_PASSWORD MARIADB_DATABASE MARIADB_USER MARIADB_PASSWORD MARIADB_RANDOM_ROOT_PASSWORD TZ',
    [3306],
    '["CMD", "healthcheck.sh", "--connect", "--innodb_initialized"]',
  ),
  mongo: facts(
    'MONGO_INITDB_ROOT_USERNAME MONGO_INITDB_ROOT_PASSWORD MONGO_INITDB_DATABASE',
    [27017],
    '["CMD", "mongosh", "--quiet", "--eval", "db.runCommand(\'ping\').ok"]',
  ),
  redis: facts('', [6379], '["CMD", "redis-cli", "ping"]'),
  rabbitmq: facts(
    'RABBITMQ_DEFAULT_USER RABBITMQ_DEFAULT_PASS RABBITMQ_DEFAULT_VHOST',
    [5672, 15672],
    '["CMD", "rabbitmq-diagnostics", "-q", "ping"]',
  ),
  nginx: facts('NGINX_HOST NGINX_PORT', [80], http(80)),
  httpd: facts('', [80]),
  caddy: facts('', [80, 443], http(80)),
  traefik: facts('', [80, 443, 8080], '["CMD", "traefik", "healthcheck", "--ping"]'),
  wordpress: facts(
    'WORDPRESS_DB_HOST WORDPRESS_DB_USER WORDPRESS_DB_PASSWORD WORDPRESS_DB_NAME WORDPRESS_TABLE_PREFIX WORDPRESS_DEBUG WORDPRESS_CONFIG_EXTRA',
    [80],
  ),
  nextcloud: facts(
    'POSTGRES_HOST POSTGRES_DB POSTGRES_USER POSTGRES_PASSWORD MYSQL_HOST MYSQL_DATABASE MYSQL_USER MYSQL_PASSWORD REDIS_HOST NEXTCLOUD_ADMIN_USER NEXTCLOUD_ADMIN_PASSWORD NEXTCLOUD_TRUSTED_DOMAINS',
    [80],
  ),
  adminer: facts('ADMINER_DEFAULT_SERVER ADMINER_DESIGN ADMINER_PLUGINS', [8080], http(8080)),
  phpmyadmin: facts('PMA_HOST PMA_PORT PMA_USER PMA_PASSWORD PMA_ARBITRARY UPLOAD_LIMIT', [80]),
  elasticsearch: facts(
    'discovery.type ES_JAVA_OPTS xpack.security.enabled ELASTIC_PASSWORD cluster.name node.name',
    [9200, 9300],
    '["CMD-SHELL", "curl -fs http://127.0.0.1:9200/_cluster/health || exit 1"]',
  ),
  kibana: facts('ELASTICSEARCH_HOSTS ELASTICSEARCH_USERNAME ELASTICSEARCH_PASSWORD', [5601]),
  grafana: facts(
    'GF_SECURITY_ADMIN_USER GF_SECURITY_ADMIN_PASSWORD GF_USERS_ALLOW_SIGN_UP',
    [3000],
    http(3000),
  ),
  prometheus: facts('', [9090], http(9090)),
  influxdb: facts(
    'DOCKER_INFLUXDB_INIT_MODE DOCKER_INFLUXDB_INIT_USERNAME DOCKER_INFLUXDB_INIT_PASSWORD DOCKER_INFLUXDB_INIT_ORG DOCKER_INFLUXDB_INIT_BUCKET',
    [8086],
    '["CMD", "influx", "ping"]',
  ),
  'mongo-express': facts(
    'ME_CONFIG_MONGODB_URL ME_CONFIG_MONGODB_SERVER ME_CONFIG_MONGODB_ADMINUSERNAME ME_CONFIG_MONGODB_ADMINPASSWORD ME_CONFIG_BASICAUTH_USERNAME ME_CONFIG_BASICAUTH_PASSWORD',
    [8081],
  ),
  minio: facts('MINIO_ROOT_USER MINIO_ROOT_PASSWORD', [9000, 9001], '["CMD", "mc", "ready", "local"]'),
  memcached: facts('', [11211]),
  node: facts('NODE_ENV PORT', [3000]),
};

/** What is known of an image, judged by the last part of its name. */
export function imageFacts(image: string | undefined): ImageFacts | undefined {
  if (image === undefined) return undefined;
  const name = splitReference(image).name.split('/').at(-1) ?? '';
  return Object.hasOwn(known, name) ? known[name] : undefined;
}
