import { splitReference } from '#compose/values/image-reference.ts';

/** The folders of an image that a service mounts something at. */
export interface ImageMounts {
  /** What must outlive the container. */
  readonly data?: string;
  /** Files and folders that are given to it, read only, by the names that they commonly have outside. */
  readonly given: readonly GivenMount[];
}

export interface GivenMount {
  readonly target: string;
  /** Names that a file or folder for this place has. */
  readonly named: RegExp;
}

const given = (target: string, named: RegExp): GivenMount => ({ target, named });
const initialise = given('/docker-entrypoint-initdb.d', /init|seed|\.sql$|\.js$/);

const known: Readonly<Record<string, ImageMounts>> = {
  postgres: { data: '/var/lib/postgresql/data', given: [initialise] },
  mysql: { data: '/var/lib/mysql', given: [initialise, given('/etc/mysql/conf.d', /conf|cnf/)] },
  mariadb: { data: '/var/lib/mysql', given: [initialise, given('/etc/mysql/conf.d', /conf|cnf/)] },
  mongo: { data: '/data/db', given: [initialise] },
  redis: { data: '/data', given: [given('/usr/local/etc/redis/redis.conf', /^redis\.conf$/)] },
  valkey: { data: '/data', given: [given('/usr/local/etc/valkey/valkey.conf', /^valkey\.conf$/)] },
  rabbitmq: {
    data: '/var/lib/rabbitmq',
    given: [given('/etc/rabbitmq/rabbitmq.conf', /^rabbitmq\.conf$/)],
  },
  nginx: {
    given: [
      given('/usr/share/nginx/html', /^(?:html|public|dist|www|site|static)$/),
      given('/etc/nginx/nginx.conf', /^nginx\.conf$/),
      given('/etc/nginx/conf.d', /^conf\.d$/),
      given('/etc/nginx/conf.d/default.conf', /\.conf$/),
      given('/etc/nginx/templates', /^templates$/),
      given('/etc/nginx/ssl', /^ssl$/),
      given('/etc/nginx/certs', /^certs$/),
    ],
  },
  httpd: { given: [given('/usr/local/apache2/htdocs', /^(?:html|htdocs|public|dist|www|site|static)$/)] },
  caddy: {
    data: '/data',
    given: [
      given('/etc/caddy/Caddyfile', /^Caddyfile$/),
      given('/srv', /^(?:html|public|dist|www|site|srv)$/),
    ],
  },
  traefik: { given: [given('/etc/traefik/traefik.yml', /^traefik\.ya?ml$/)] },
  elasticsearch: { data: '/usr/share/elasticsearch/data', given: [] },
  grafana: { data: '/var/lib/grafana', given: [given('/etc/grafana/provisioning', /^provisioning$/)] },
  prometheus: {
    data: '/prometheus',
    given: [given('/etc/prometheus/prometheus.yml', /^prometheus\.ya?ml$/)],
  },
  influxdb: { data: '/var/lib/influxdb2', given: [] },
  minio: { data: '/data', given: [] },
  wordpress: { data: '/var/www/html', given: [] },
  nextcloud: { data: '/var/www/html', given: [] },
  php: { given: [given('/var/www/html', /^(?:src|html|public|www|app)$/)] },
};

/** Where an image, judged by the last part of its name, has its data and its configuration. */
export function imageMounts(image: string | undefined): ImageMounts | undefined {
  if (image === undefined) return undefined;
  const { name, tag = '' } = splitReference(image);
  const last = name.split('/').at(-1) ?? '';
  if (!Object.hasOwn(known, last)) return undefined;
  // Since 18, its image has a folder for each major version there.
  if (last === 'postgres' && Number.parseInt(tag, 10) >= 18)
    return { data: '/var/lib/postgresql', given: [initialise] };
  return known[last];
}
