// The project that is edited: its documents are open in the editor, its .env and env files are on the disk.

export const documents = {
  'compose.yaml': `name: shop
include:
  - db.yaml
x-common: &common
  restart: unless-stopped
  logging: {driver: local}
services:
  web:
    <<: *common
    image: "nginx:\${TAG:-1.27}"
    ports: ["8080:80", {target: 443, published: "8443"}]
    env_file: [app.env]
    environment:
      - LEVEL=\${LEVEL}
      - NAME=web
    volumes:
      - ./html:/usr/share/nginx/html:ro
      - data:/data
    depends_on:
      db: {condition: service_healthy}
      api: {condition: service_started}
    networks: [front, back]
  api:
    extends: {file: base.yaml, service: app}
    build:
      context: .
      args: {VERSION: "1.0"}
    command: ["serve", "--port", "80"]
    healthcheck:
      test: [CMD, wget, -q, http://localhost]
      interval: 30s
    deploy:
      replicas: 2
      resources: {limits: {memory: 512m, cpus: "0.5"}}
    secrets:
      - key
networks:
  front:
  back: {internal: true}
volumes:
  data:
secrets:
  key: {file: ./key.txt}
`,
  'compose.override.yaml': `services:
  web:
    ports: !override
      - "9090:80"
    environment:
      DEBUG: "true"
    labels:
      a.b: c
  api:
    profiles: [debug]
    command: !reset null
`,
  'db.yaml': `services:
  db:
    image: postgres:17
    environment:
      POSTGRES_PASSWORD: \${DB_PASSWORD:?set it}
    volumes: [db:/var/lib/postgresql/data]
    healthcheck:
      test: ["CMD-SHELL", "pg_isready"]
volumes:
  db:
`,
  'base.yaml': `services:
  app:
    image: app:1
    init: true
    environment: {A: 1, B: two}
`,
  '.env': 'TAG=1.28\nLEVEL="info"\nDB_PASSWORD=x\n# why\nA=${LEVEL}\n',
  'app.env': "APP_NAME=shop\nAPP_TEXT='one\ntwo'\n",
};
