/**
 * How often each attribute, and each value of an enumeration, is written at a place: counted in 2,969 Compose files of 13 public collections in
 * 2026 (examples of Docker's own, stores of applications for home servers, templates of deployment tools, demonstrations). In thousandths of the maps, or
 * values, of that place; each collection counts alike. What fewer than two in a thousand have is left out. To count again, with other files:
 * `node scripts/count-attributes.mjs FOLDER`.
 */
export const counts: Readonly<Record<string, string>> = {
  '': 'services 1000, version 366, volumes 248, networks 224, name 157, secrets 16',
  'networks.*': 'driver 522, external 303, name 154, internal 83, attachable 44, ipam 41',
  'networks.*.driver': 'bridge 889, overlay 111',
  'networks.*.ipam': 'config 1000, driver 333',
  'secrets.*': 'environment 333, external 333, file 333',
  'services.*':
    'image 883, environment 728, volumes 653, restart 571, container_name 473, ports 434, networks 312, command 238, depends_on 226, healthcheck 206, deploy 125, build 114, expose 96, labels 82, tty 78, stdin_open 68, hostname 64, user 63, network_mode 62, extends 53, entrypoint 27, privileged 24, stop_grace_period 21, profiles 18, secrets 15, cap_add 14, env_file 12, init 11, ulimits 10, logging 9, pull_policy 8, security_opt 8, working_dir 8, devices 7, dns 7, links 7, mem_limit 7, cpu_shares 5, extra_hosts 5, platform 4, read_only 4, shm_size 4, stop_signal 4, sysctls 4, cap_drop 3, runtime 3, tmpfs 3',
  'services.*.build': 'context 1000, dockerfile 806, args 174, target 138',
  'services.*.cap_add[]':
    'NET_ADMIN 386, SYS_ADMIN 115, SYS_NICE 107, SYS_MODULE 106, SYS_PTRACE 82, NET_RAW 58, SYS_RESOURCE 20, CHOWN 12, SETGID 12, SETUID 12, SYS_RAWIO 12, DAC_READ_SEARCH 9, CAP_SYS_ADMIN 8, IPC_LOCK 8, NET_BIND_SERVICE 7, SYS_TIME 7, DAC_OVERRIDE 4',
  'services.*.cap_drop[]': 'ALL 757, all 243',
  'services.*.configs[]': 'source 1000, target 1000',
  'services.*.depends_on.*': 'condition 1000, required 18, restart 7',
  'services.*.depends_on.*.condition':
    'service_healthy 845, service_started 99, service_completed_successfully 56',
  'services.*.deploy':
    'resources 813, restart_policy 128, labels 61, update_config 40, replicas 29, mode 25, placement 20',
  'services.*.deploy.mode': 'replicated 714, global 214',
  'services.*.deploy.resources': 'limits 677, reservations 455',
  'services.*.deploy.resources.limits': 'memory 984, cpus 224',
  'services.*.deploy.resources.reservations': 'memory 638, devices 417, cpus 143',
  'services.*.deploy.resources.reservations.devices[]': 'capabilities 1000, count 900, driver 900',
  'services.*.deploy.restart_policy': 'condition 1000, delay 333, window 333',
  'services.*.deploy.restart_policy.condition': 'on-failure 333, unless-stopped 333, always 262, none 71',
  'services.*.deploy.update_config.order': 'start-first 500, stop-first 500',
  'services.*.extends': 'service 1000, file 998',
  'services.*.healthcheck':
    'test 988, interval 851, retries 849, timeout 810, start_period 313, disable 12, start_interval 12',
  'services.*.healthcheck.interval':
    '10s 353, 30s 277, 5s 213, 3s 52, 15s 24, 2s 24, 20s 16, 1m 15, 1s 13, 1m30s 9, 60s 4',
  'services.*.healthcheck.retries':
    '5 433, 3 298, 10 145, 120 31, 30 23, 50 18, 15 14, 12 13, 2 11, 20 7, 1 4, 6 3',
  'services.*.healthcheck.start_period':
    '30s 340, 10s 165, 20s 102, 1m 76, 40s 61, 60s 56, 10m 50, 90s 45, 5s 36, 15s 23, 120s 10, 45s 9, 3s 8, 300s 6, 180s 4, 0s 3, 80s 3, 30m 2',
  'services.*.healthcheck.timeout':
    '10s 398, 5s 391, 3s 74, 20s 63, 30s 39, 2s 15, 60s 6, 25s 4, 15s 3, 45s 2',
  'services.*.logging': 'options 959, driver 698',
  'services.*.logging.driver': 'json-file 897, none 103',
  'services.*.network_mode':
    'host 674, bridge 142, container:gluetun 37, service:tailscale-client 16, container:arr-suite-gluetun 12, service:server 4, service:museum 3',
  'services.*.networks.*': 'aliases 671, ipv4_address 329',
  'services.*.ports[]': 'published 1000, target 1000, protocol 999, mode 503',
  'services.*.ports[].mode': 'ingress 667, host 333',
  'services.*.ports[].protocol': 'tcp 914, udp 84',
  'services.*.pull_policy': 'always 785, never 49',
  'services.*.restart': 'unless-stopped 503, always 303, on-failure 101, no 92',
  'services.*.security_opt[]':
    'no-new-privileges:true 402, seccomp:unconfined 254, apparmor:unconfined 203, label:disable 31, no-new-privileges 13',
  'services.*.ulimits.*': 'hard 1000, soft 1000',
  'services.*.volumes[]': 'source 1000, target 1000, type 1000, read_only 176, content 123, mode 4, bind 2',
  'services.*.volumes[].type': 'bind 992, volume 8',
  'volumes.*': 'driver 433, driver_opts 336, name 204, external 33',
};
