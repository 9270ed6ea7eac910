/** The images of whatever we write into other people's files: templates, snippets, manifests. A test holds the snippets, which are JSON, equal. */
export const templateImages = {
  adminer: 'adminer:5',
  busybox: 'busybox:1.37',
  caddy: 'caddy:2-alpine',
  elasticsearch: 'docker.elastic.co/elasticsearch/elasticsearch:9.1.0',
  mailpit: 'axllent/mailpit:v1.27',
  mariadb: 'mariadb:11.4',
  mongo: 'mongo:8.0',
  mysql: 'mysql:8.4',
  nginx: 'nginx:1.29-alpine',
  node: 'node:22-alpine',
  php: 'php:8.4-apache',
  postgres: 'postgres:17-alpine',
  rabbitmq: 'rabbitmq:4-management-alpine',
  redis: 'redis:8-alpine',
  traefik: 'traefik:v3.5',
} as const;
