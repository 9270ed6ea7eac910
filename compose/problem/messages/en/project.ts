/** Rules about one value or the whole project that the schema does not know. */
export const project = {
  'external-conflict': '"{key}" cannot be set for an external volume. Remove "{key}" or "external".',
  'external-conflict.external': 'Declared as external here',
  'missing-content': 'One of {names} must be set.',
  'exclusive-content': 'Only one of {names} can be set.',
  'missing-content.unless-external': 'One of {names} must be set, unless it is external.',
  'blank-path': 'The path to watch cannot be empty.',
  'exclusive-device-request': '"count" and "device_ids" cannot be used together. Remove one of them.',
  'exclusive-device-request.ids': 'The device IDs',
  'no-image-or-build': 'The service "{name}" has neither an image nor a build. Add one of them.',
  'exclusive-dockerfile': '"dockerfile" and "dockerfile_inline" cannot be used together. Remove one of them.',
  'undefined-context-service':
    'The service "{service}" for the additional context "{context}" does not exist.',
  'unbuildable-context-service':
    'The service "{service}" has no build, so it cannot be the additional context "{context}".',
  'platform-not-built': 'Here service.build.platforms MUST include service.platform "{platform}".',
  'invalid-healthcheck': 'The list must start with "CMD", "CMD-SHELL" or "NONE".',
  'missing-watch-target':
    'The action "{action}" needs a "target": the path in the container that the files go to.',
  'secret-without-content': 'The secret "{name}" must have a "file" or an "environment" variable.',
  'duplicate-container-name': 'The container name "{name}" is already in use by the service "{owner}".',
  'dependency-cycle': 'These services depend on each other in a cycle: {circle}.',
  'duplicate-mount': 'Another mount already has the target {target}.',
  'duplicate-mount.other': 'The other mount',
  'distinct-values': '"{old}" and "{current}" differ. Remove "{old}", or set both to the same value.',
  'negative-scale': 'The number of containers cannot be negative.',
  'scaled-container-name':
    '{scale} containers cannot have the same name "{name}". Remove "container_name", or run only one container.',
  'exclusive-network-mode': '"network_mode" and "networks" cannot be used together. Remove one of them.',
  'undefined-network':
    'The service "{name}" uses the network "{network}", which is not declared. Add it under "networks".',
  'undefined-dependency': 'The service "{name}" depends on "{dependency}", which does not exist.',
  'disabled-dependency':
    'The service "{name}" depends on "{dependency}", which is disabled. Enable it with the profile {profiles}, or set "required: false".',
  'undefined-network-mode-service': 'The service "{service}" to share the network of does not exist.',
  'undefined-volume':
    'The service "{service}" uses the volume "{name}", which is not declared. Add it under "{section}".',
  'undefined-secret':
    'The service "{service}" uses the secret "{name}", which is not declared. Add it under "{section}".',
  'undefined-config':
    'The service "{service}" uses the config "{name}", which is not declared. Add it under "{section}".',
  'undefined-model':
    'The service "{service}" uses the model "{name}", which is not declared. Add it under "{section}".',
} as const;
