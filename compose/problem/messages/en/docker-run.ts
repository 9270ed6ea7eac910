/** What a `docker run` says that a compose file cannot, as comments in the file that it becomes. */
export const dockerRun = {
  'docker-run.command': 'Not carried over: {text}',
  'docker-run.no-image': 'The command names no image: add "image".',
  'docker-run.shell-output': 'The shell puts in the output of {written}: write what it is, or a variable.',
  'docker-run.unknown-option': '"{option}" is no option of docker run that is known here.',
  'docker-run.network-mode': '"network_mode" and "networks" exclude each other: keep one.',
  'docker-run.network-option': '"--{name}" of the network has no counterpart in a compose file.',
  'docker-run.no-container':
    'Not carried over: docker network connect {network} {container}, for there is no such container here.',
  'docker-run.mount-option': '"{name}" of --mount has no counterpart in a compose file.',
  'docker-run.cidfile': 'Compose writes no file with the id of the container.',
  'docker-run.memory-nodes': 'The memory nodes of --cpuset-mems cannot be chosen in a compose file.',
  'docker-run.windows-drive': 'Limits of the Windows system drive cannot be set in a compose file.',
  'docker-run.kernel-memory': 'Engines have no limit of kernel memory any more.',
  'docker-run.publish-all': '--publish-all has no counterpart: list the ports of the image under "ports".',
  'docker-run.volume-driver':
    'The driver of --volume-driver belongs to the volumes: set "driver" under "volumes".',
  'docker-run.network': '--network {network} names no network.',
  'docker-run.was': 'It was {value}.',
  'docker-run.new-volumes':
    'Compose makes volumes of its own. To go on with one that exists, give it "external: true".',
} as const;
