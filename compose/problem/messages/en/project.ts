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
  'experimental-jobs':
    'Docker Compose runs jobs as of 5.6, and on a schedule as of 5.8, with an experimental extension of Docker Engine. Earlier releases refuse the file. Here, "run" starts a job.',
  'job-name': 'The job "{name}" has the name of a service, and "run" takes both. Rename one of them.',
  'job-triggers': 'Nothing says when the job "{name}" runs. Set "manual" or "schedule".',
  'job-triggers.both':
    '"manual: true" and "schedule" cannot be used together. Remove "manual": you can start a job with a schedule anyway.',
  'job-never-runs': 'The job "{name}" never runs: "manual" is false, and it has no schedule.',
  'job-schedule':
    '"{expression}" is not a schedule. "{field}" must consist of numbers from {least} to {most}, such as 1,15 or 1-5, or of steps such as */10.',
  'job-schedule.fields':
    '"{expression}" is not a schedule. Write five fields: minute, hour, day of the month, month, and day of the week.',
  'job-schedule.second': 'A job can have one schedule. Remove this one, or write another job.',
  'job-schedule.timezone': '"{zone}" is not a time zone. Use an IANA name such as Europe/Paris.',
  'job-dependency':
    'The service "{name}" depends on the job "{job}", but services can only depend on services. Write the job as a service with a profile, or as a "pre_start" step.',
} as const;
