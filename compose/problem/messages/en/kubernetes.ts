/** Why something does not go over to Kubernetes, or not as it is, and what to do instead. */
export const kubernetes = {
  'kubernetes.alias-taken': 'The name "{alias}" resolves only to "{owner}".',
  'kubernetes.alias-renamed':
    'Other services reach it as "{name}", because "{alias}" is not a valid name in a cluster.',
  'kubernetes.not-scaled': 'A {kind} cannot be scaled.',
  'kubernetes.no-requests':
    'Autoscaling is based on requested resources, but none are requested. Set deploy.resources.reservations.cpus.',
  'kubernetes.build': 'Build the image and push it to a registry that the cluster can pull from.',
  'kubernetes.entrypoint': 'The entrypoint of the image cannot be cleared without a command.',
  'kubernetes.command': 'The command of the image cannot be cleared without an entrypoint.',
  'kubernetes.pull-policy': 'Kubernetes supports only Always, Never, and IfNotPresent.',
  'kubernetes.one-hook': 'Kubernetes runs only one hook. Only the first hook was converted.',
  'kubernetes.hook-settings': "It runs with the container's own user, variables, and working directory.",
  'kubernetes.no-value': 'The variable has no value here, so no value was written.',
  'kubernetes.variable-name': 'Kubernetes does not allow this name.',
  'kubernetes.external-file':
    'It is external. A {kind} "{name}" with the key "{key}" must exist in the cluster.',
  'kubernetes.unreadable-content':
    'Its content could not be read as text, so the value is empty. Set it before you apply the manifests.',
  'kubernetes.nothing-to-expose': 'It has no port to expose.',
  'kubernetes.not-a-host':
    '"{target}" is not a valid host. Write HOST or HOST/PATH, without a scheme or a port.',
  'kubernetes.unknown-label': 'kompose does not support this label.',
  'kubernetes.colon-in-path': 'Kubernetes does not allow a colon in a mount path.',
  'kubernetes.file-mode':
    'Kubernetes uses only the nine permission bits: {taken} of {mode}. A mode such as 644, without a leading 0, is a decimal number. Write 0644.',
  'kubernetes.folder-of-texts':
    'Its files become a ConfigMap, which pods can only read. If the program writes there, set the label kompose.volume.type: persistentVolumeClaim to get a volume, which is empty at first.',
  'kubernetes.file-owner':
    'Its file is owned by root and by the group in the label kompose.security-context.fsgroup.',
  'kubernetes.mount-type': 'Kubernetes does not support mounts of type "{type}".',
  'kubernetes.postgres-folder':
    'PostgreSQL starts only in an empty folder, but cluster disks often contain a lost+found folder. Set the label kompose.volume.subpath: data.',
  'kubernetes.empty-volume':
    "Docker copies the image's content at {target} into a new volume. In Kubernetes, the volume is empty and hides that content.",
  'kubernetes.docker-socket': 'Most nodes do not run Docker, so nothing responds there.',
  'kubernetes.binary-file':
    'The file is not text. Run kubectl create secret generic {volume} --from-file={key}={source}, or add the file to the image.',
  'kubernetes.local-path':
    'Pods cannot access {source} on this machine, so an initially empty volume replaces it. Add the content to the image, or copy it with kubectl cp.',
  'kubernetes.node-property': 'Kubernetes nodes cannot be selected by "{property}".',
  'kubernetes.max-replicas-per-node': 'A topology spread constraint by host name is the closest equivalent.',
  'kubernetes.pod-setting': 'The pod belongs to "{service}", whose setting is used.',
  'kubernetes.init-container': '"{needed}" runs to completion in each pod of "{name}", as an init container.',
  'kubernetes.image-test':
    'The test is defined in the image, which is not inspected. Write the test in the Compose file.',
  'kubernetes.pids': 'The number of processes is limited on the node (--pod-max-pids).',
  'kubernetes.generic-resources': 'They are named by the device plugins of the nodes.',
  'kubernetes.gpus-only': 'Only GPUs can be requested. Other devices are assigned by device plugins.',
  'kubernetes.gpu-count':
    'GPUs can be requested only by number, not all of them or by name. Requested: {count}.',
  'kubernetes.group-number': 'Kubernetes accepts groups only by number.',
  'kubernetes.unsafe-sysctl':
    'Pods that set it start only if their nodes allow it (kubelet --allowed-unsafe-sysctls).',
  'kubernetes.user-number':
    'Kubernetes accepts users only by number, and only the image defines the number of "{user}".',
  'kubernetes.refused-when-privileged': 'Kubernetes rejects it for privileged containers.',
  'kubernetes.depends-on-nodes': 'It has no equivalent that can be written without knowledge of the nodes.',
  'kubernetes.node-port': 'Node ports range from 30000 to 32767. The cluster chooses one.',
  'kubernetes.label-needs-type': 'It requires kompose.service.type: {types}, and a port.',
  'kubernetes.inside-only':
    'They are open only inside the cluster. For access from outside, set the label kompose.service.type: loadbalancer (or nodeport), or kompose.service.expose: HOST for an Ingress.',
  'kubernetes.host-ip': 'Pods are not bound to an address of the node.',
  'kubernetes.port-range': 'No port can be chosen from a range. It is open as {port}.',
  'kubernetes.port-taken': 'The container itself listens on {port}, which takes precedence.',
  'kubernetes.on-node': 'It is set on nodes, not on pods.',
  'kubernetes.no-setting': 'Kubernetes does not have this setting.',
  'kubernetes.cpu': 'Kubernetes supports only CPU requests and limits. Use deploy.resources.',
  'kubernetes.cpuset':
    'The CPU manager of the node assigns whole CPUs to pods whose limits are whole numbers.',
  'kubernetes.credential-spec': 'It is part of the security context on Windows, by the content of the file.',
  'kubernetes.develop': 'Watching files is for development on one machine.',
  'kubernetes.devices': 'The devices of nodes are assigned by device plugins.',
  'kubernetes.external-links': 'Create a Service of type ExternalName for external services.',
  'kubernetes.logging': 'The cluster collects the output of containers as logs.',
  'kubernetes.service-models': 'Kubernetes does not run models. Deploy a model server.',
  'kubernetes.oom-score': 'It is derived from requests and limits.',
  'kubernetes.pre-start': 'Convert it to an init container with the label kompose.init.containers.image.',
  'kubernetes.provider': 'Resources created by a provider are not converted.',
  'kubernetes.runtime': 'Create a RuntimeClass, and set its name in runtimeClassName.',
  'kubernetes.stop-signal': 'It is defined in the image (STOPSIGNAL).',
  'kubernetes.api-socket': 'Nodes may not have the Docker socket.',
  'kubernetes.storage-class':
    'It depends on the storage class. Set the label kompose.volume.storage-class-name.',
  'kubernetes.volumes-from':
    'Share a named volume, or put both services in one pod with the label kompose.service.group.',
  'kubernetes.renamed': 'Other services reach it as "{name}", because names cannot contain other characters.',
  'kubernetes.own-network': 'Pods always have their own network.',
  'kubernetes.shared-in-pod':
    'It is shared within a pod. Use the label kompose.service.group, and shareProcessNamespace.',
  'kubernetes.rollback': 'Kubernetes rolls back in the same way as it updates. Use kubectl rollout undo.',
  'kubernetes.endpoint-mode': 'Use the label kompose.service.type: headless.',
  'kubernetes.host-gateway': 'A node is not the Compose host, so host-gateway does not resolve.',
  'kubernetes.pod-address': 'Pods get their addresses from the cluster.',
  'kubernetes.delays': 'Kubernetes chooses the delays itself and increases them each time.',
  'kubernetes.update-delay': 'The next pod is updated when the previous one is ready. Use minReadySeconds.',
  'kubernetes.one-network': 'The cluster has one network, and its own addresses.',
  'kubernetes.models': 'Kubernetes does not run models.',
  'kubernetes.external-volume': 'It is external. A PersistentVolumeClaim "{name}" must exist in the cluster.',
  'kubernetes.driver-options': 'The type of a volume depends on the storage class.',
  'kubernetes.copied-volume':
    'More than one pod mounts it. To give each pod its own volume, set the label kompose.controller.type: statefulset. To share the volume, use a storage class with ReadWriteMany.',
  'kubernetes.shared-volume':
    'Several services share it. Pods on different nodes need a storage class with ReadWriteMany.',
  'kubernetes.no-order':
    'Pods start in no particular order. The program must retry until the other service responds. Until then, its readiness probe keeps callers away.',
  'kubernetes.goes-without': 'The dependency is optional, so nothing waits for it.',
  'kubernetes.same-pod': 'They start together in one pod, so nothing waits for "{needed}".',
  'kubernetes.nameless': '"{needed}" has no name to wait for.',
  'kubernetes.no-shared-network': 'They do not share a network, so nothing waits for "{needed}".',
  'kubernetes.always-restarted': 'Pods of a {kind} are always restarted.',
  'kubernetes.no-attempt-limit': 'They are retried without a limit.',
  'kubernetes.global-job': 'A Job runs on any node with free resources, not once on each node.',
  'kubernetes.taken-for-job':
    'It is assumed to run to completion and is converted to a Job, which cannot be changed. Run kubectl delete job before you apply it again. If it keeps running, set the label kompose.controller.type: deployment.',
  'kubernetes.stateful-updates':
    'Pods of a StatefulSet are replaced one by one, and the old pod is stopped first.',
  'kubernetes.failed-update': 'A failed update stops. Use kubectl rollout undo.',
  'kubernetes.annotation-key': 'Kubernetes does not allow this key.',
  'kubernetes.label-text': 'Kubernetes labels are shorter and consist of letters, digits, "-", "_", and ".".',
  'kubernetes.node-path': 'It is the path {source} of the node that the pod runs on.',
  'kubernetes.headless':
    'It does not list a port, and images are not inspected, so its Service is headless and the name resolves to the pods themselves. For a stable address, add "expose".',
  'kubernetes.headless.exposed':
    'It does not list a port, and images are not inspected, so its Service is headless and the name resolves to the pods themselves. For a stable address, add expose: [{ports}], as in its image.',
  'kubernetes.none-of': '"{value}" is not one of {values}.',
  'kubernetes.not-a-number': '"{value}" is not a number.',
  'kubernetes.not-a-boolean': '"{value}" is not a boolean.',
  'kubernetes.not-a-size': '"{value}" is not a size.',
  'kubernetes.again.anew':
    'It cannot be changed. Run kubectl delete {kind} {name}, then apply the manifests again.',
  'kubernetes.again.orphan':
    'It cannot be changed. Run kubectl delete {kind} {name} --cascade=orphan, then apply the manifests again. Its pods keep running meanwhile, and its volumes are kept.',
  'kubernetes.again.headless':
    'The cluster accepts it, but the Service stays headless, so published ports have no effect. Run kubectl delete service {name}, then apply the manifests again.',
  'kubernetes.again.ports':
    'The cluster accepts it, but kubectl merges ports by their number alone: of TCP and UDP on the same port, one gets lost. Run kubectl delete service {name}, then apply the manifests again.',
  'kubernetes.again.node-port':
    'The cluster accepts it, but keeps the port on the nodes that was set before. To get another one, run kubectl delete service {name}, then apply the manifests again.',
  'kubernetes.again.claim':
    'It cannot be changed. Give the volume another name and copy its content. Or run kubectl delete persistentvolumeclaim {name}, which deletes its content, then apply the manifests again.',
  'kubernetes.again.smaller':
    'A volume cannot shrink. Keep its size, or give the volume another name and copy its content ({name}).',
  'kubernetes.again.larger':
    'Storage classes without allowVolumeExpansion refuse to enlarge {name}. In that case, give the volume another name and copy its content.',
  'kubernetes.again.immutable':
    'It is immutable. Give it another name, or run kubectl delete {kind} {name}, then apply the manifests again.',
  'kubernetes.again.string-data':
    'What was removed from it stays in the cluster, because it was written as stringData. Run kubectl delete secret {name} once, then apply the manifests again. It is now written as data.',
  'kubernetes.again.left':
    'It is no longer generated, but stays in the cluster. To remove it, run kubectl delete {kind} {name}.',
} as const;
