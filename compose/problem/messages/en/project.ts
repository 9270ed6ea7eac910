/** Rules about one value or the whole project that the schema does not know. */
export const project = {
  'external-conflict':
    'An external volume is used as it is, so "{key}" cannot be set. Remove "{key}" or "external".',
  'external-conflict.external': 'Declared external',
  'missing-content': 'One of {names} must be set.',
  'exclusive-content': 'Only one of {names} can be set.',
  'missing-content.unless-external': 'One of {names} must be set, unless it is external.',
  'blank-path': 'The path to watch cannot be empty.',
  'exclusive-device-request':
    'A number of devices and the ids of devices exclude each other. Remove "count" or "device_ids".',
  'exclusive-device-request.ids': 'The ids',
  'no-image-or-build': 'The service "{name}" has neither an image nor a build. Add one of them.',
  'exclusive-dockerfile': '"dockerfile" and "dockerfile_inline" exclude each other. Remove one of them.',
  'undefined-context-service':
    'There is no service "{service}" to take the additional context "{context}" from.',
  'unbuildable-context-service':
    'The service "{service}" is not built, so it cannot be the additional context "{context}".',
  'platform-not-built': 'Here service.build.platforms MUST include service.platform "{platform}".',
  'invalid-healthcheck': 'The list must start with "CMD", "CMD-SHELL" or "NONE".',
  'missing-watch-target': 'The action "{action}" needs a "target": where the files go in the container.',
  'secret-without-content': 'The secret "{name}" must have a "file" or an "environment" variable.',
  'duplicate-container-name': 'The container name "{name}" is already in use by the service "{owner}".',
  'dependency-cycle': 'These services wait for each other: {circle}.',
  'duplicate-mount': 'Something else is mounted at {target} already.',
  'duplicate-mount.other': 'The other mount',
  'distinct-values': '"{old}" and "{current}" differ. Remove "{old}", or set both to the same value.',
  'negative-scale': 'The number of containers cannot be negative.',
  'scaled-container-name':
    '{scale} containers cannot all have the name "{name}". Remove "container_name", or run one container.',
  'exclusive-network-mode': '"network_mode" and "networks" exclude each other. Remove one of them.',
  'undefined-network':
    'The service "{name}" joins the network "{network}", which is not declared. Add it under "networks".',
  'undefined-dependency': 'The service "{name}" depends on "{dependency}", which does not exist.',
  'disabled-dependency':
    'The service "{name}" needs "{dependency}", which is disabled. Enable it with the profile {profiles}, or set "required: false".',
  'undefined-network-mode-service': 'There is no service "{service}" to share the network of.',
  'undefined-volume':
    'The service "{service}" uses the volume "{name}", which is not declared. Add it under "{section}".',
  'undefined-secret':
    'The service "{service}" uses the secret "{name}", which is not declared. Add it under "{section}".',
  'undefined-config':
    'The service "{service}" uses the config "{name}", which is not declared. Add it under "{section}".',
  'undefined-model':
    'The service "{service}" uses the model "{name}", which is not declared. Add it under "{section}".',
} as const;
