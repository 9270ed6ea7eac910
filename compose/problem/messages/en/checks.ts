/** What Docker Compose accepts and what is still worth a remark. */
export const checks = {
  'no-build-and-image': 'The service "{name}" has an image and a build. Keep one of the two.',
  'no-quotes-in-volumes': 'A volume needs no quotes.',
  'require-project-name-field': 'The project has no name of its own. Add "name".',
  'require-quotes-in-ports': 'Put the port in quotes.',
  'service-container-name-regex':
    '"{text}" is not a valid container name. Use at least two characters: letters, digits, "_", ".", and "-".',
  'service-image-require-explicit-tag': 'The tag "{tag}" can change at any time. Specify a version.',
  order: '"{name}" must come before "{before}".',
  'untagged-image': '"{image}" means "{image}:latest", which can change at any time. Specify a version.',
  'untagged-image.latest':
    '"latest" can change at any time, so two pulls may give two different versions. Specify a version.',
  'plain-text-secret':
    'The value of {name} is readable by everyone who can see the file. Take it from a secret, or from .env as ${{name}}.',
  'obsolete-links':
    'Services on the same network reach each other by name without "links". Use "depends_on" for the order, and network aliases for other names.',
  'port-on-all-interfaces':
    'The port is open on every interface and bypasses most firewalls. Bind it to one address, such as 127.0.0.1.',
  'docker-socket':
    "Access to the engine's socket is equivalent to root access on the host. Give it only to containers that you trust.",
  privileged:
    'A privileged container has root access to the host. Grant only the capabilities or devices that it needs instead.',
  'host-network':
    "The container shares the host's network, so it is not isolated from other services on the host.",
  'unquoted-port':
    'YAML 1.1 reads {value} as a base-60 number. Put the port in quotes so that every tool reads the same value.',
  'unquoted-boolean':
    '"{value}" is text in Docker Compose but a boolean in YAML 1.1. Put it in quotes to make clear that "{key}" is text.',
  'changed-value':
    'YAML reads "{value}" as a number or a boolean, so "{key}" becomes "{arrives}". Put it in quotes to keep it as written.',
  'unquoted-date':
    'YAML reads "{value}" as a date. Docker Compose 2.40 and earlier reject it, and later versions turn it into "{arrives}" for "{key}". Put it in quotes.',
  'newer-attribute':
    'Docker Compose {version} and earlier reject "{name}". Use it only if everyone has a later version.',
  'decimal-mode':
    '{mode} is a decimal number here, so the mode becomes 0{meant}. To get what chmod calls {mode}, write {octal}.',
  'duplicate-variable': '"{name}" is set again further down, and the last value is used. Remove this one.',
  'duplicate-variable.last': 'This "{name}" is used',
  'missing-variable': 'The project uses {names}, but nothing sets them, so they are blank. Add them.',
  'missing-variable.one': 'The project uses {names}, but nothing sets it, so it is blank. Add it.',
  'overridden-variable':
    'This value is not used because the environment also sets "{name}". To use this value, unset "{name}" in the environment.',
  'unused-variable': '"{name}" is not used in {files}.',
  'repeated-mount':
    'Another mount above already has the target {target}. Docker Compose uses this one and ignores the other.',
  'repeated-mount.first': 'First mounted here',
  'invalid-image.capitals':
    '"{text}" is not a valid image name, because it contains uppercase letters. Write "{lower}".',
  'invalid-image':
    '"{text}" is not a valid image name. Write a name and a tag separated by a colon: "postgres:17".',
  'invalid-subnet':
    '"{text}" is not a valid subnet. Write an address with a prefix length, such as 172.28.0.0/16.',
  'invalid-address': '"{text}" is not a valid IP address.',
  'too-few-ports':
    '"{service}" needs {wanted} containers, but only {room} can use a host port of {published}. Publish a range of ports, or leave out the host port.',
  'too-few-ports.replicas': '{wanted} containers are requested here',
  'too-few-ports.port': 'The host port {published} is published here',
  'no-model-runner':
    'Up refuses "{name}", because it uses models and Docker Model Runner cannot be found. Install the plugin docker-model of the Docker CLI, or set MODEL_RUNNER_HOST.',
  'unchecked-dependency':
    '"{dependency}" has no health check in the files. Unless its image has one, "{name}" cannot start. Add a "healthcheck" to "{dependency}".',
  'unchecked-dependency.image':
    '"{name}" cannot start, because neither "{dependency}" nor its image {image} has a health check. Add a "healthcheck" to "{dependency}".',
  'duplicate-port.other': '"{service}" uses it here',
  'profile-dependency':
    '"{name}" cannot start without "{dependency}", which runs only with the profile {profiles}. Give "{name}" the same profile, or set "required: false".',
  'never-healthy':
    'The health check of "{dependency}" is disabled, so it never becomes healthy and "{name}" never starts. Enable the health check, or remove the condition.',
  'ignored-by-swarm.address':
    'Swarm publishes ports on every address of its nodes. The address is ignored, and the port is open to everyone.',
  'unused-anchor': 'The anchor "{name}" is not used.',
  'no-healthcheck': 'The service has no health check. Add a "healthcheck" that other services can wait for.',
  'no-restart-policy': 'The service stays down after a crash or a reboot. Add "restart: unless-stopped".',
  'no-resource-limits':
    'The service can use all the memory and CPU of the host. Set "deploy.resources.limits".',
  'no-user': 'The service runs as the image\'s default user, which is usually root. Set "user".',
  'writable-root':
    'The container can change its own root file system. Set "read_only: true", and use "tmpfs" for the paths that it must write to.',
  'all-capabilities':
    'The service keeps capabilities that it may not need. Set "cap_drop: [ALL]", and add back the ones that it needs.',
  'unbounded-logs': 'The logs of the service grow without limit. Set "logging.options.max-size".',
  'invalid-restart': '"{text}" is not a valid restart policy.',
  'unknown-capability': '"{text}" is not a valid capability.',
  'unknown-signal': '"{text}" is not a valid signal.',
  'newer-image': 'The registry has a newer version: {tag} → {newer}.',
  'older-image':
    'The engine has an older {image} than the registry. To pull it and see what changes, use "Pull Newer Images and Plan".',
  'refused-by-version': 'Docker Compose {target} rejects "{name}", which is new in {since}.',
  'ignored-by-version': 'Docker Compose {target} ignores "{name}", which takes effect in {since}.',
  'ignored-by-version.never': 'Docker Compose {target} ignores "{name}". Only Swarm uses it.',
  'refused-by-swarm': 'Swarm does not support "{name}" and rejects the stack.',
  'ignored-by-swarm': 'Swarm does not support "{name}" and deploys the stack without it.',
  'swarm.instead': 'Use "{instead}".',
  'unused-network': 'No service uses the network "{name}".',
  'unused-volume': 'No service uses the volume "{name}".',
  'unused-secret': 'No service uses the secret "{name}".',
  'unused-config': 'No service uses the config "{name}".',
  'unused-model': 'No service uses the model "{name}".',
  'duplicate-port':
    'Host port {port} is already used by the service "{service}". Only one of them can start.',
  'duplicate-port.same-service':
    'Host port {port} is already used by this service. Only one container can start.',
  'missing-dockerfile': 'The Dockerfile "{text}" does not exist.',
  'missing-dockerfile.in': 'There is no Dockerfile in "{text}".',
  'missing-build-context': 'The build context "{text}" does not exist.',
  'missing-file': 'The file "{text}" does not exist.',
} as const;
