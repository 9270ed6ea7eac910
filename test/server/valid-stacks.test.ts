import { DiagnosticSeverity } from 'vscode-languageserver';
import { expect, test } from 'vitest';
import { TestClient } from './support/test-client.ts';

/** Stacks in the shapes that projects publish: Docker Compose accepts every one of them, so nothing in them is an error or a warning. */
const stacks: Readonly<Record<string, string>> = {
  wordpress: `
version: "3.8"
services:
  db:
    # arm64 and amd64
    image: mariadb:10.6.4-focal
    command: '--default-authentication-plugin=mysql_native_password'
    volumes:
      - db_data:/var/lib/mysql
    restart: always
    environment:
      - MYSQL_ROOT_PASSWORD=somewordpress
      - MYSQL_DATABASE=wordpress
    expose:
      - 3306
      - 33060
  wordpress:
    image: wordpress:latest
    ports:
      - 80:80
    restart: always
    environment:
      - WORDPRESS_DB_HOST=db
volumes:
  db_data:
`,
  'nextcloud behind traefik': `
services:
  traefik:
    image: traefik:v3.1
    command:
      - --providers.docker=true
      - --entrypoints.web.address=:80
      - --certificatesresolvers.le.acme.email=\${ACME_EMAIL:-admin@example.com}
    ports:
      - "80:80"
      - "443:443/tcp"
      - "443:443/udp"
    volumes:
      - /var/run/docker.sock:/var/run/docker.sock:ro
      - type: volume
        source: letsencrypt
        target: /letsencrypt
    networks: [proxy]
    security_opt: ["no-new-privileges:true"]
  app:
    image: nextcloud:29-apache
    restart: unless-stopped
    labels:
      traefik.enable: "true"
      traefik.http.routers.app.rule: Host(\`cloud.example.com\`)
      traefik.http.middlewares.auth.basicauth.users: "admin:$$apr1$$abc$$def"
    networks:
      proxy:
        aliases: [cloud]
      default:
    depends_on:
      db:
        condition: service_healthy
        restart: true
  db:
    image: postgres:16-alpine
    environment:
      POSTGRES_PASSWORD_FILE: /run/secrets/db
    secrets:
      - source: db
        target: db
        mode: 0440
    healthcheck:
      test: ["CMD-SHELL", "pg_isready -U postgres || exit 1"]
      interval: 10s
      timeout: 5s
      retries: 5
      start_period: 1m30s
      start_interval: 2s
    shm_size: 128mb
    volumes:
      - db:/var/lib/postgresql/data
networks:
  proxy:
    external: true
volumes:
  letsencrypt:
  db:
    driver: local
    driver_opts: {type: none, o: bind, device: /srv/db}
secrets:
  db:
    environment: HOME
`,
  elastic: `
x-common: &common
  restart: unless-stopped
  logging: &logging
    driver: json-file
    options: {max-size: 10m, max-file: "3"}
services:
  elasticsearch:
    <<: *common
    image: docker.elastic.co/elasticsearch/elasticsearch:8.14.0
    environment:
      discovery.type: single-node
      ES_JAVA_OPTS: -Xms512m -Xmx512m
      xpack.security.enabled: false
    ulimits:
      memlock: {soft: -1, hard: -1}
      nofile: 65536
    mem_limit: 1g
    ports: ["127.0.0.1:9200:9200"]
  kibana:
    <<: [*common]
    image: docker.elastic.co/kibana/kibana:8.14.0
    depends_on: [elasticsearch]
    logging:
      <<: *logging
      driver: local
`,
  'builds and watches': `
name: shop
services:
  web:
    build:
      context: https://github.com/docker/awesome-compose.git#master:nginx-golang/backend
      target: dev
      args:
        - NODE_ENV=development
        - COMMIT
      cache_from: ["type=gha"]
      ssh: [default]
      secrets: [token]
      platforms: [linux/amd64, linux/arm64]
      tags: ["shop/web:dev"]
      additional_contexts:
        - base=docker-image://alpine:3
    command: npm run dev
    init: true
    stdin_open: true
    tty: true
    develop:
      watch:
        - {action: sync, path: ./src, target: /app/src, ignore: [node_modules/]}
        - {action: rebuild, path: package.json}
        - action: sync+exec
          path: ./conf
          target: /conf
          exec: {command: nginx -s reload}
    environment:
      CHOKIDAR_USEPOLLING: "true"
      PORT:
    ports:
      - target: 3000
        published: "3000-3005"
        host_ip: 127.0.0.1
        protocol: tcp
        mode: host
        app_protocol: http
        name: dev
    post_start:
      - command: ["./migrate"]
        user: root
  tests:
    image: mcr.microsoft.com/playwright:v1.46.0-jammy
    profiles: [test]
    network_mode: service:web
    ipc: host
    depends_on: [web]
secrets:
  token:
    environment: HOME
`,
  'a swarm stack': `
version: '3.9'
services:
  vote:
    image: dockersamples/examplevotingapp_vote
    networks: [frontend]
    deploy:
      mode: replicated
      replicas: 2
      update_config: {parallelism: 2, delay: 10s, order: start-first, failure_action: rollback}
      rollback_config: {parallelism: 0}
      restart_policy: {condition: on-failure, max_attempts: 3, window: 120s}
      placement:
        constraints: [node.role == manager]
        preferences: [{spread: node.labels.zone}]
      resources:
        limits: {cpus: '0.50', memory: 50M, pids: 100}
        reservations:
          cpus: 0.25
          devices:
            - {driver: nvidia, count: all, capabilities: [gpu, utility]}
      labels: [com.example=1]
      endpoint_mode: vip
  redis:
    image: redis:7-alpine
    networks:
      frontend:
        ipv4_address: 10.1.0.5
        priority: 100
    sysctls: {net.core.somaxconn: 1024}
    cap_drop: [ALL]
    cap_add: [SETUID, CAP_SETGID]
    tmpfs: [/tmp:size=64m]
    stop_grace_period: 1m
    stop_signal: SIGTERM
    extra_hosts: ["host.docker.internal:host-gateway", "db=10.0.0.2"]
    dns: 1.1.1.1
networks:
  frontend:
    driver: bridge
    attachable: true
    enable_ipv6: false
    ipam:
      driver: default
      config: [{subnet: 10.1.0.0/16, gateway: 10.1.0.1}]
`,
  'kafka and zookeeper': `
services:
  zookeeper:
    image: confluentinc/cp-zookeeper:7.6.1
    hostname: zookeeper
    environment: {ZOOKEEPER_CLIENT_PORT: 2181, ZOOKEEPER_TICK_TIME: 2000}
  broker:
    image: "confluentinc/cp-kafka:7.6.1"
    depends_on:
      - zookeeper
    ports:
      - "9092:9092"
      - "9101:9101"
    environment:
      KAFKA_BROKER_ID: 1
      KAFKA_ADVERTISED_LISTENERS: >-
        PLAINTEXT://broker:29092,
        PLAINTEXT_HOST://localhost:9092
  topics:
    image: confluentinc/cp-kafka:7.6.1
    entrypoint: ["/bin/sh", "-c"]
    command: |
      "
      kafka-topics --bootstrap-server broker:29092 --list
      echo -e 'done'
      "
    depends_on: {broker: {condition: service_started, required: false}}
`,
  monitoring: `
configs:
  prometheus:
    content: |
      global: {scrape_interval: 15s}
services:
  prometheus:
    image: prom/prometheus:v2.53.0@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
    configs:
      - source: prometheus
        target: /etc/prometheus/prometheus.yml
    user: "65534:65534"
    group_add: ["999"]
    read_only: true
    command: ['--config.file=/etc/prometheus/prometheus.yml', '--storage.tsdb.retention.time=15d']
  node-exporter:
    image: quay.io/prometheus/node-exporter:v1.8.1
    pid: host
    volumes: ['/:/host:ro,rslave']
    restart: on-failure:5
    annotations: {a: b}
    blkio_config: {weight: 300}
    cpus: 0.5
    cpu_shares: 512
    cpuset: 0-1
    oom_score_adj: -500
    devices: ["/dev/ttyUSB0:/dev/ttyUSB0:rwm", "vendor.com/device=gpu"]
    storage_opt: {size: 1G}
  cadvisor:
    image: gcr.io/cadvisor/cadvisor:v0.49.1
    privileged: true
    expose: ["8080"]
    scale: 1
`,
  'the oldest form that is still read': `
services:
  web:
    image: \${REGISTRY-docker.io}/library/nginx:\${TAG:-1}
    links: ["db:database"]
    volumes_from: [db:ro]
    domainname: example.com
    mac_address: 02:42:ac:11:65:43
    labels: {}
    env_file: []
    ports: []
  db:
    image: localhost:5000/team/db
    environment: {}
  job:
    image: alpine
    attach: false
    pull_policy: daily
    platform: linux/amd64
    isolation: default
    runtime: runc
    userns_mode: host
    uts: host
    cgroup: private
    healthcheck: {test: NONE}
    credential_spec: {registry: my}
`,
  'one that asks a model': `
services:
  chat:
    image: my/chat:1
    models:
      llm: {endpoint_var: LLM_URL, model_var: LLM_MODEL}
  ai:
    provider: {type: model, options: {model: ai/smollm2}}
models:
  llm:
    model: ai/smollm2
    context_size: 1024
    runtime_flags: ["--temp", "0.1"]
`,
};

const uri = 'file:///work/compose.yaml';

test.each(Object.entries(stacks))('%s', async (_name, text) => {
  const client = await TestClient.inProcess({ environment: { HOME: '/home/user' } });
  await client.open(uri, text);
  const found = await client.diagnostics(uri);
  expect(
    found
      .filter(
        ({ severity }) => severity === DiagnosticSeverity.Error || severity === DiagnosticSeverity.Warning,
      )
      .map(({ range, code, message }) => `${range.start.line}: ${String(code)}: ${message}`),
  ).toEqual([]);
  expect(client.errors).toEqual([]);
  await client.close();
});
