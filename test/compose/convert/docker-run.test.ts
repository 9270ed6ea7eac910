import { describe, expect, it } from 'vitest';
import { convertedFile } from '#compose/convert/docker-run/converted-text.ts';
import { convertDockerRun, hasDockerRun } from '#compose/convert/docker-run/docker-run.ts';
import { runOptions } from '#compose/convert/docker-run/run-options.ts';
import { load } from '#compose/load/load.ts';
import { memoryHost } from '../load/memory-host.ts';

const file = (text: string) => convertedFile(convertDockerRun(text));

/** One command's service, without the name above it. */
const service = (options: string, image = 'app') =>
  file(`docker run ${options} --name s ${image}`)
    .replace(/^services:\n {2}s:\n {4}image: app\n/, '')
    .replaceAll(/^ {4}/gm, '');

describe('docker run as a compose file', () => {
  it('brings what belongs together', () => {
    expect(
      file(`docker network create app-network

# the database
docker run -d \\
  --name postgres-db \\
  --network app-network \\
  -e POSTGRES_PASSWORD=secret123 \\
  -v postgres-data:/var/lib/postgresql/data \\
  postgres:13
sudo docker run -dp 8080:80 --name=web --net app-network --restart unless-stopped nginx:alpine nginx -g 'daemon off;'
`),
    ).toBe(
      `services:\n  postgres-db:\n    image: postgres:13\n    environment:\n      POSTGRES_PASSWORD: secret123\n    volumes:\n      - postgres-data:/var/lib/postgresql/data\n    networks:\n      - app-network\n\n  web:\n    image: nginx:alpine\n    command:\n      - nginx\n      - -g\n      - daemon off;\n    ports:\n      - "8080:80"\n    networks:\n      - app-network\n    restart: unless-stopped\n\nnetworks:\n  app-network:\n\nvolumes:\n  # Compose creates its own volumes. To keep using an existing volume, set "external: true" on it.\n  postgres-data:\n`,
    );
  });

  it.each([
    ['-p80:80', 'ports:\n  - "80:80"\n'],
    ['-p 127.0.0.1:5000-5010:5000-5010/udp', 'ports:\n  - "127.0.0.1:5000-5010:5000-5010/udp"\n'],
    ['-dit', 'stdin_open: true\ntty: true\n'],
    ['-it --init=false', 'stdin_open: true\ntty: true\n'],
    ['-e A=1 --env B', 'environment:\n  A: "1"\n  B:\n'],
    [`-e 'A=x$y' -e B="$HOME/z" -e C=a\\$b`, 'environment:\n  A: x$$y\n  B: ${HOME}/z\n  C: a$$b\n'],
    ['-v $(pwd)/src:/src:ro', 'volumes:\n  - ./src:/src:ro\n'],
    ['-v "$PWD":/src', 'volumes:\n  - .:/src\n'],
    ['-v `pwd`:/src', 'volumes:\n  - .:/src\n'],
    ['-v C:\\Users\\me:/data', 'volumes:\n  - C:\\Users\\me:/data\n'],
    ['-v /anonymous', 'volumes:\n  - /anonymous\n'],
    [
      '--mount type=bind,src=$PWD/a,dst=/a,readonly',
      'volumes:\n  - type: bind\n    source: ./a\n    target: /a\n    read_only: true\n',
    ],
    [
      '--mount type=tmpfs,target=/t,tmpfs-size=64m',
      'volumes:\n  - type: tmpfs\n    target: /t\n    tmpfs:\n      size: 64m\n',
    ],
    ['--network host', 'network_mode: host\n'],
    ['--memory 512m --cpus 1.5', 'mem_limit: 512m\ncpus: 1.5\n'],
    ['--ulimit nofile=1024:2048', 'ulimits:\n  nofile:\n    soft: 1024\n    hard: 2048\n'],
    ['--gpus all', 'gpus: all\n'],
    ['--gpus \'"device=0,2"\'', 'gpus:\n  - device_ids:\n      - "0"\n      - "2"\n'],
    [
      "--health-cmd 'curl -f localhost' --health-interval 5s",
      'healthcheck:\n  test:\n    - CMD-SHELL\n    - curl -f localhost\n  interval: 5s\n',
    ],
    ['--log-opt max-size=10m', 'logging:\n  options:\n    max-size: 10m\n'],
    ['--entrypoint sh', 'entrypoint: sh\n'],
    ['--stop-timeout 30', 'stop_grace_period: 30s\n'],
    [
      '--device-read-bps /dev/sda:1mb',
      'blkio_config:\n  device_read_bps:\n    - path: /dev/sda\n      rate: 1mb\n',
    ],
  ])('%s', (options, expected) => expect(service(options)).toBe(expected));

  it('knows networks by name, address and alias, in any order', () => {
    expect(file('docker run --ip 10.0.0.5 --network-alias db --network back --name s app')).toContain(
      '    networks:\n      back:\n        ipv4_address: 10.0.0.5\n        aliases:\n          - db\n',
    );
    expect(file('docker run --network name=back,alias=db,ip=10.0.0.5 --name s app')).toContain(
      '    networks:\n      back:\n        aliases:\n          - db\n        ipv4_address: 10.0.0.5\n',
    );
  });

  it('declares networks and volumes as they were made', () => {
    expect(
      file(
        'docker network create -d overlay --subnet 10.1.0.0/16 --internal back && docker volume create --label a=b data; docker run --name s app',
      ),
    ).toContain(
      `networks:\n  back:\n    driver: overlay\n    internal: true\n    ipam:\n      config:\n        - subnet: 10.1.0.0/16\n\nvolumes:\n  # Compose creates its own volumes. To keep using an existing volume, set "external: true" on it.\n  data:\n    labels:\n      a: b\n`,
    );
  });

  it('builds what is built, and takes containers for services', () => {
    const text = file(`docker build -t api:dev -f api/Dockerfile.dev ./api
docker run --name api api:dev
docker run --name side --network container:api --volumes-from api:ro side`);
    expect(text).toContain('    build:\n      context: ./api\n      dockerfile: Dockerfile.dev\n');
    expect(text).toContain('    volumes_from:\n      - api:ro\n    network_mode: service:api\n');
  });

  it('reads lines that go on as cmd and PowerShell write them', () => {
    for (const sign of ['\\', '^', '`'])
      expect(file(`docker run ${sign}\r\n  -d ${sign}\r\n  nginx`)).toBe(
        'services:\n  nginx:\n    image: nginx\n',
      );
  });

  it.each([
    'user@host:~/app$ docker run -d nginx',
    'root@1f2e:/# docker run -d nginx',
    'PS C:\\Users\\me> docker run -d nginx',
    'C:\\work>docker run -d nginx',
    '$ sudo -E -u root docker run -d nginx',
    'docker run -d \\\n  # in the background\n  nginx',
  ])('reads %j', (text) => expect(file(text)).toBe('services:\n  nginx:\n    image: nginx\n'));

  it.each(['${PWD}\\data', '%cd%\\data', '$(pwd)/data'])('knows that %s is beside the file', (path) =>
    expect(service(`-v ${path}:/d`)).toBe('volumes:\n  - ./data:/d\n'),
  );

  it('says which output the shell would have put in', () => {
    expect(file('docker run --user "$(id -u)" --name s app sh -c \'echo $(date)\'')).toBe(
      `services:\n  # The shell inserts the output of $(id -u). Write the output itself, or a variable.\n  s:\n    image: app\n    user: $$(id -u)\n    command:\n      - sh\n      - -c\n      - echo $$(date)\n`,
    );
  });

  it('links containers that are no service from outside', () => {
    const text = file('docker run --name a x\ndocker run --name b --link a --link old:db y');
    expect(text).toContain('    links:\n      - a\n    external_links:\n      - old:db\n');
  });

  it('says what it leaves out', () => {
    const text = file('docker run -P --unheard-of --cidfile id --name s app\ndocker exec s ls');
    expect(text).toContain('# Not converted: docker exec s ls\n');
    expect(text).toContain(
      '  # --publish-all has no equivalent. List the ports of the image under "ports".\n',
    );
    expect(text).toContain('  # "--unheard-of" is not a known option of docker run.\n');
    expect(text).toContain('  # Compose does not write a file with the container ID. It was id.\n');
  });

  it('never fails', () => {
    for (const text of [
      '',
      'docker run',
      'docker run "',
      "docker run -e '",
      'docker run --name',
      '$(',
      'docker network create',
    ])
      expect(typeof file(text)).toBe('string');
  });

  it('is recognised', () => {
    expect(hasDockerRun('$ docker run nginx')).toBe(true);
    expect(hasDockerRun('podman container create x')).toBe(true);
    expect(hasDockerRun('docker compose up\nrun docker')).toBe(false);
  });

  it('is a project without errors, whatever the options', async () => {
    const values: Readonly<Record<string, string>> = {
      ...{ 'add-host': 'a:10.0.0.1', 'blkio-weight': '300', 'blkio-weight-device': '/dev/sda:200' },
      ...{
        'cpu-rt-period': '1000',
        'cpu-rt-runtime': '950',
        cgroupns: 'private',
        link: 's2:x',
        mount: 'type=tmpfs,dst=/t',
      },
      ...{
        memory: '64m',
        'memory-reservation': '32m',
        'memory-swap': '128m',
        'shm-size': '64m',
        platform: 'linux/amd64',
      },
      ...{
        'mac-address': '02:42:ac:11:00:02',
        pull: 'missing',
        restart: 'always',
        ulimit: 'nofile=10:20',
        'stop-signal': 'SIGINT',
      },
      ...{
        expose: '80',
        publish: '80:80',
        device: '/dev/null',
        'env-file': '/e.env',
        'label-file': '/l',
        volume: 'v:/v',
      },
      ...{
        ip: '10.0.0.2',
        ip6: 'fd00::2',
        'link-local-ip': '169.254.1.1',
        network: 'n',
        net: 'm',
        ipc: 'private',
        pid: 'host',
      },
      ...{
        uts: 'host',
        userns: 'host',
        'security-opt': 'no-new-privileges:true',
        tmpfs: '/run',
        'volumes-from': 's2',
      },
      ...{
        'health-interval': '5s',
        'health-timeout': '5s',
        'health-start-period': '5s',
        'health-start-interval': '1s',
      },
      ...{
        gpus: 'all',
        'log-driver': 'local',
        isolation: 'default',
        dns: '1.1.1.1',
        entrypoint: 'sh',
        runtime: 'runc',
      },
      ...{ 'device-read-bps': '/dev/sda:1mb', 'device-write-bps': '/dev/sda:1mb' },
      ...{ 'device-read-iops': '/dev/sda:100', 'device-write-iops': '/dev/sda:100' },
    };
    for (const [name, { isSwitch }] of Object.entries(runOptions)) {
      const option = isSwitch
        ? `--${name}`
        : `--${name} ${values[name] ?? (name.includes('opt') ? 'a=b' : '5')}`;
      const text = file(`docker run ${option} --name s app\ndocker run --name s2 app`);
      const host = memoryHost({ '/p/compose.yaml': text, '/e.env': '', '/l': '' });
      const { problems } = await load(host, { cwd: '/p' });
      expect(
        problems.filter(({ severity }) => severity === 'error'),
        `${option}\n${text}`,
      ).toEqual([]);
    }
  });
});
