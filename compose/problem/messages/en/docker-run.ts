/** What a `docker run` says that a Compose file cannot, as comments in the file that it becomes. */
export const dockerRun = {
  'docker-run.command': 'Not converted: {text}',
  'docker-run.no-image': 'The command does not specify an image. Add "image".',
  'docker-run.shell-output':
    'The shell inserts the output of {written}. Write the output itself, or a variable.',
  'docker-run.unknown-option': '"{option}" is not a known option of docker run.',
  'docker-run.network-mode': '"network_mode" and "networks" cannot be used together. Keep one of them.',
  'docker-run.network-option': '"--{name}" of the network has no equivalent in a Compose file.',
  'docker-run.no-container':
    'Not converted: docker network connect {network} {container}, because there is no such container.',
  'docker-run.mount-option': '"{name}" of --mount has no equivalent in a Compose file.',
  'docker-run.cidfile': 'Compose does not write a file with the container ID.',
  'docker-run.memory-nodes': 'The memory nodes of --cpuset-mems cannot be chosen in a Compose file.',
  'docker-run.windows-drive': 'Limits for the Windows system drive cannot be set in a Compose file.',
  'docker-run.kernel-memory': 'Docker Engine no longer supports a kernel memory limit.',
  'docker-run.publish-all': '--publish-all has no equivalent. List the ports of the image under "ports".',
  'docker-run.volume-driver':
    'The driver of --volume-driver belongs to the volumes. Set "driver" under "volumes".',
  'docker-run.network': '--network {network} does not specify a network.',
  'docker-run.was': 'It was {value}.',
  'docker-run.new-volumes':
    'Compose creates its own volumes. To keep using an existing volume, set "external: true" on it.',
} as const;
