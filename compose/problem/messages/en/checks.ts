/** What Docker Compose accepts and what is still worth a remark. */
export const checks = {
  'no-build-and-image': 'The service “{name}” has an image and a build. Keep one of the two.',
  'no-quotes-in-volumes': 'A volume needs no quotes.',
  'require-project-name-field': 'The project has no name of its own: add “name”.',
  'require-quotes-in-ports': 'Put the port in quotes.',
  'service-container-name-regex':
    "“{text}” cannot be a container's name: use letters, digits, “_”, “.” and “-”, two at least.",
  'service-image-require-explicit-tag': 'The tag “{tag}” changes under your feet. Name a version.',
  order: '“{name}” belongs before “{before}”.',
  'untagged-image': '“{image}” means “{image}:latest”, which changes under your feet. Name a version.',
  'untagged-image.latest': '“latest” changes under your feet: two pulls may give two versions. Name one.',
  'plain-text-secret':
    'The value of {name} is in the file for everyone to read. Take it from a secret, or from .env as ${{name}}.',
  'obsolete-links':
    'Services of one network reach each other by name without “links”. Use “depends_on” for the order, and network aliases for other names.',
  'port-on-all-interfaces':
    'The port is open on every interface, past most firewalls. Bind it to one, such as 127.0.0.1.',
  'docker-socket': 'Who reaches the engine’s socket is root on the machine. Give it only to what you trust.',
  privileged:
    'A privileged container can do what root can on the machine. Give it the capabilities or devices it needs instead.',
  'host-network': 'The container shares the machine’s network: nothing separates it from the services there.',
  'unquoted-port':
    'YAML 1.1 reads {value} as a number in base 60. Put the port in quotes: every tool then reads the same.',
  'unquoted-boolean':
    '“{value}” is text to Docker Compose and a boolean to YAML 1.1. Put it in quotes to say that “{key}” is text.',
  'changed-value':
    'YAML reads “{value}” as a number or a boolean, and “{key}” becomes “{arrives}”. Put it in quotes to keep it as it is written.',
  'unquoted-date':
    'YAML reads “{value}” as a date: Docker Compose up to 2.40 refuses it, newer versions make “{arrives}” of “{key}”. Put it in quotes.',
  'newer-attribute':
    'Docker Compose up to {version} refuses “{name}”. Use it only where everybody has a newer version.',
  'decimal-mode':
    '{mode} is a decimal number here: the mode becomes 0{meant}. Write {octal} for what chmod calls {mode}.',
  'repeated-mount':
    'Something is mounted at {target} already, above. Docker Compose takes this one and forgets the other.',
  'repeated-mount.first': 'Mounted here first',
  'invalid-image.capitals': '“{text}” is no image: names have no capital letters. Write “{lower}”.',
  'invalid-image': '“{text}” is no image. Write a name, with a tag behind a colon: “postgres:17”.',
  'invalid-subnet': '“{text}” is no subnet. Write an address with a number of bits, such as 172.28.0.0/16.',
  'invalid-address': '“{text}” is no IP address.',
  'too-few-ports':
    '“{service}” is to have {wanted} containers, but only {room} can have a host port of {published}. Publish a range, or leave the host port out.',
  'too-few-ports.replicas': '{wanted} containers are asked for here',
  'too-few-ports.port': 'The host port {published} is published here',
  'unchecked-dependency':
    '“{dependency}” has no health check in the files. Unless its image has one, “{name}” cannot start.',
  'unchecked-dependency.image':
    '“{dependency}” has no health check, and neither has its image {image}: “{name}” cannot start. Add a “healthcheck” to “{dependency}”.',
  'duplicate-port.other': '“{service}” takes it here',
  'profile-dependency':
    '“{dependency}” is there with the profile {profiles} only, and “{name}” cannot start without it. Give “{name}” the profile too, or set “required: false”.',
  'never-healthy':
    'The health check of “{dependency}” is switched off, so it never becomes healthy and “{name}” never starts.',
  'ignored-by-swarm.address':
    'Swarm publishes on every address of its nodes: that one is left out, and the port is open to everyone.',
  'unused-anchor': 'Nothing refers to the anchor “{name}”.',
  'no-healthcheck': 'Nothing tells when it is healthy: add a “healthcheck”, which others can wait for.',
  'no-restart-policy': 'It stays down after a crash or a reboot: add “restart: unless-stopped”.',
  'no-resource-limits': 'It may take all memory and CPU of the machine: set “deploy.resources.limits”.',
  'no-user': 'It runs as whom the image says, which is root more often than not: set “user”.',
  'writable-root':
    'Its files can be changed from inside: set “read_only: true”, and “tmpfs” for what it must write.',
  'all-capabilities':
    'It keeps capabilities that it does not need: set “cap_drop: [ALL]”, and add back what it does.',
  'unbounded-logs': 'Its logs grow without end: set “logging.options.max-size”.',
  'invalid-restart': '“{text}” is no restart policy.',
  'unknown-capability': '“{text}” is no capability.',
  'unknown-signal': '“{text}” is no signal.',
  'refused-by-swarm': 'Swarm has no “{name}”: the stack is refused.',
  'ignored-by-swarm': 'Swarm has no “{name}”: the stack is deployed without it.',
  'swarm.instead': 'Use “{instead}”.',
  'unused-network': 'No service uses the network “{name}”.',
  'unused-volume': 'No service uses the volume “{name}”.',
  'unused-secret': 'No service uses the secret “{name}”.',
  'unused-config': 'No service uses the config “{name}”.',
  'unused-model': 'No service uses the model “{name}”.',
  'duplicate-port':
    'Port {port} of the machine is taken by the service “{service}” already: only one of them can start.',
  'duplicate-port.same-service':
    'Port {port} of the machine is taken by this service already: only one of them can start.',
  'missing-dockerfile': 'There is no Dockerfile “{text}”.',
  'missing-dockerfile.in': 'There is no Dockerfile in “{text}”.',
  'missing-build-context': 'There is no folder “{text}” to build from.',
  'missing-file': 'There is no file “{text}”.',
} as const;
