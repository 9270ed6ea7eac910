// Stacks in which each attribute that a swarm knows stands at least once, those that `docker stack deploy` leaves out among them.

/** A service that goes at once when it is told to. */
const runs = 'image: busybox, command: sleep 1000, stop_signal: SIGKILL';

/** What the stacks name. */
export const files: Readonly<Record<string, string>> = {
  'one.txt': 'hello',
  'quotes.env': 'K="q v"\nL=\'s\'\n# not this\nM=a # b\nP=$HOME\nN\nE=\n',
  'second.env': 'K=over\n',
};

/** By the name of the stack. */
export const twentyStacks: Readonly<Record<string, string>> = {
  hostmode: `services:
  a: { ${runs}, network_mode: host }
  b: { ${runs} }
`,
  bridgemode: `services:
  a: { ${runs}, network_mode: bridge }
  b: { ${runs}, network_mode: none }
  c: { ${runs}, networks: [back] }
networks: { back: {}, default: { labels: { of: the standard one } } }
`,
  volumes: `services:
  a: { ${runs}, volumes: [/anon, "data:/data:ro", /other] }
  b:
    ${runs.replaceAll(', ', '\n    ')}
    volumes:
      - { type: volume, target: /plain }
      - { type: volume, source: data, target: /d, volume: { nocopy: true } }
      - { type: volume, source: theirs, target: /t, read_only: true }
      - { type: volume, target: /nocopy, volume: { nocopy: true } }
volumes: { data: { driver: local, labels: [a=1] }, theirs: { external: true } }
`,
  envfiles: `services:
  a: { ${runs}, env_file: quotes.env }
  b: { ${runs}, env_file: [quotes.env, second.env], environment: { L: own, "NULL": } }
`,
  shorttmpfs: `services:
  a: { ${runs}, tmpfs: /run }
  b: { ${runs}, tmpfs: ["/run:size=64m", /tmp], oom_score_adj: 100 }
`,
  tmpfsbind: `services:
  a:
    ${runs.replaceAll(', ', '\n    ')}
    volumes:
      - { type: tmpfs, target: /t, tmpfs: { size: 1048576 } }
      - { type: tmpfs, target: /plain }
      - { type: bind, source: /tmp, target: /host, read_only: true, bind: { propagation: rprivate } }
      - { type: bind, source: /tmp, target: /cached, consistency: cached }
      - ./one.txt:/one.txt:ro
`,
  ports: `services:
  a:
    ${runs.replaceAll(', ', '\n    ')}
    ports: [{ target: 80, published: 28741, mode: host }, { target: 81, published: 28742, protocol: udp, mode: host }, { target: 82, mode: host }]
  b: { ${runs}, ports: ["28743-28744:80-81/tcp", "90"] , expose: ["70"] }
`,
  healthy: `services:
  a: { ${runs}, healthcheck: { test: "true", interval: 1s, timeout: 2s, retries: 4, start_period: 3s, start_interval: 1s } }
  b: { ${runs}, healthcheck: { disable: true } }
  c: { ${runs}, healthcheck: { test: [NONE] } }
`,
  names: `services:
  a: { ${runs}, hostname: one, user: "1000:1000", working_dir: /tmp, tty: true, stdin_open: true, read_only: true, init: true }
  b: { ${runs}, dns: 8.8.8.8, dns_search: [a.example, b.example], extra_hosts: ["one:10.0.0.1", "six:::1"], init: false }
`,
  dns: `services:
  a: { ${runs}, dns: [8.8.8.8], extra_hosts: { one: 10.0.0.1, six: "::1" }, environment: [NOWHERE, A=, B=b] }
`,
  rights: `services:
  a: { ${runs}, cap_add: [net_admin, CAP_SYS_TIME], cap_drop: [ALL], sysctls: { net.core.somaxconn: 1024 } }
  b: { ${runs}, cap_add: [CHOWN], cap_drop: [CHOWN, KILL], sysctls: [net.ipv4.ip_forward=1], ulimits: { nproc: 65535, core: 0, nofile: { soft: 100, hard: 200 } }, privileged: true, security_opt: ["no-new-privileges:true"], isolation: default }
`,
  files: `services:
  a:
    ${runs.replaceAll(', ', '\n    ')}
    secrets: [two, { source: one, target: /run/x, uid: "1", gid: "2", mode: 0400 }]
    configs: [{ source: conf, mode: 0644, target: here }, tpl]
secrets: { one: { file: one.txt, labels: { a: b } }, two: { file: one.txt, name: files_named }, unused: { file: one.txt } }
configs: { conf: { file: one.txt }, tpl: { file: one.txt, template_driver: golang }, spare: { file: one.txt } }
`,
  credentials: `services:
  a: { ${runs}, credential_spec: { config: spec } }
  b: { ${runs}, credential_spec: { file: spec.json } }
  c: { ${runs}, credential_spec: { registry: spec } }
configs: { spec: { file: one.txt } }
`,
  restarts: `services:
  a: { ${runs}, restart: always }
  b: { ${runs}, restart: "on-failure:4" }
  c: { ${runs}, restart: on-failure }
  d: { ${runs}, restart: "no" }
  e: { ${runs}, restart: unless-stopped }
  f: { ${runs}, deploy: { restart_policy: { condition: on-failure, delay: 2s, max_attempts: 0, window: 10s } } }
`,
  resources: `services:
  a: { ${runs}, deploy: { resources: { limits: { cpus: "0.5", memory: 64M, pids: 10 }, reservations: { cpus: "0.1", memory: 8m } } } }
  b: { ${runs}, deploy: { replicas: 0, resources: { reservations: { generic_resources: [{ discrete_resource_spec: { kind: gpu, value: 2 } }] } } } }
  c: { ${runs}, deploy: { resources: { limits: { memory: 64M } } }, shm_size: 64m }
`,
  updates: `services:
  a: { ${runs}, deploy: { replicas: 2, update_config: { parallelism: 2, delay: 1s, failure_action: pause, monitor: 1s, max_failure_ratio: 0.2, order: start-first } } }
  b: { ${runs}, deploy: { update_config: { order: stop-first }, rollback_config: { parallelism: 0, failure_action: continue, order: start-first } } }
`,
  modes: `services:
  a: { ${runs}, deploy: { mode: global, labels: { x: "1" } } }
  b: { ${runs}, deploy: { mode: replicated, endpoint_mode: DNSRR, labels: [y=2] } }
  c: { ${runs}, deploy: { endpoint_mode: vip } }
`,
  placement: `services:
  a: { ${runs}, deploy: { placement: { constraints: ["node.role==manager"], preferences: [{ spread: node.labels.zone }], max_replicas_per_node: 2 } } }
  b: { ${runs}, deploy: { placement: { constraints: [] } } }
`,
  networks: `services:
  a: { ${runs}, networks: { front: { aliases: [www, web] }, back: } }
  b: { ${runs}, networks: [default, front], links: [a] }
networks:
  front: { driver: overlay, attachable: true, driver_opts: { encrypted: "" } }
  back: { internal: true, name: networks_own, labels: { a: b }, ipam: { driver: default, config: [{ subnet: 10.201.9.0/24 }] } }
  unused: {}
`,
  words: `services:
  a: { image: "busybox:latest", entrypoint: sleep, command: "1000", stop_signal: SIGKILL, stop_grace_period: 1m30s, labels: [a=b, c], container_name: me }
  b: { image: busybox, command: ["sleep", "1000"], stop_signal: SIGKILL, labels: { n: 1 }, logging: { driver: json-file, options: { max-size: 1m } }, depends_on: [a], ipc: host, build: . }
  c: { ${runs}, logging: { driver: none } }
`,
};
