/** Why something does not go over to Kubernetes, or not as it is, and what to do instead. */
export const kubernetes = {
  'kubernetes.alias-taken': 'The name "{alias}" leads to "{owner}" alone.',
  'kubernetes.alias-renamed': 'Others reach it as "{name}": "{alias}" is no name in a cluster.',
  'kubernetes.not-scaled': 'A {kind} is not scaled.',
  'kubernetes.no-requests':
    'It goes by what is requested, and nothing is: say deploy.resources.reservations.cpus.',
  'kubernetes.build': 'Build the image and push it to a registry that the cluster pulls from.',
  'kubernetes.entrypoint': "The image's own cannot be left out without a command.",
  'kubernetes.command': "The image's own cannot be left out without an entrypoint.",
  'kubernetes.pull-policy': 'Kubernetes knows Always, Never and IfNotPresent.',
  'kubernetes.one-hook': 'Kubernetes runs one hook: only the first was taken.',
  'kubernetes.hook-settings': "It runs with the container's own user, variables and folder.",
  'kubernetes.no-value': 'It has no value here, so that none could be written.',
  'kubernetes.variable-name': 'Kubernetes allows no such name.',
  'kubernetes.external-file': 'It is external: a {kind} "{name}" with the key "{key}" has to be there.',
  'kubernetes.unreadable-content':
    'Its content could not be read as text: an empty value stands there. Put it in before it is applied.',
  'kubernetes.nothing-to-expose': 'It has no port that could be exposed.',
  'kubernetes.not-a-host': '"{target}" is no host: HOST or HOST/PATH, without a scheme and a port.',
  'kubernetes.unknown-label': 'kompose knows no such label.',
  'kubernetes.colon-in-path': 'Kubernetes allows no colon in a path to mount at.',
  'kubernetes.file-mode':
    'Kubernetes takes the nine bits of permissions only: of {mode} it takes {taken}. A mode such as 644, without a leading 0, is a decimal number: write 0644.',
  'kubernetes.folder-of-texts':
    'Its files become a ConfigMap, which pods only read. If the program writes there: label kompose.volume.type: persistentVolumeClaim, for a volume that is empty at first.',
  'kubernetes.file-owner':
    'Its file belongs to root, and to the group that label kompose.security-context.fsgroup says.',
  'kubernetes.mount-type': 'Kubernetes has no mounts of type "{type}".',
  'kubernetes.postgres-folder':
    'PostgreSQL starts in an empty folder only, and disks of a cluster often have a lost+found: label kompose.volume.subpath: data.',
  'kubernetes.empty-volume':
    'Docker fills a new volume with what the image has in {target}; here it is empty, and hides that.',
  'kubernetes.docker-socket': 'Most nodes have no Docker: nothing answers there.',
  'kubernetes.binary-file':
    'The file is no text: kubectl create secret generic {volume} --from-file={key}={source}, or put it into the image.',
  'kubernetes.local-path':
    "Pods do not see this machine's {source}: a volume stands in its place, which is empty at first. Put what is needed into the image or copy it (kubectl cp).",
  'kubernetes.node-property': 'Nodes of Kubernetes are not asked for "{property}".',
  'kubernetes.max-replicas-per-node': 'A topology spread constraint by host name comes closest.',
  'kubernetes.pod-setting': 'The pod is that of "{service}", whose own counts.',
  'kubernetes.init-container':
    '"{needed}" runs to its end in each pod of "{name}", as a container that goes before.',
  'kubernetes.image-test':
    "The test is the image's own, and an image is not looked into: write the test out.",
  'kubernetes.pids': 'The number of processes is limited on the node (--pod-max-pids).',
  'kubernetes.generic-resources': 'They are named by the devices of the nodes.',
  'kubernetes.gpus-only': 'Only GPUs can be asked for: other devices are handed out by device plugins.',
  'kubernetes.gpu-count':
    'Only a number of GPUs can be asked for, not all of them and none by name: it asks for {count}.',
  'kubernetes.group-number': 'Kubernetes takes groups by number only.',
  'kubernetes.unsafe-sysctl':
    'Pods that set it do not start unless their nodes allow it (kubelet --allowed-unsafe-sysctls).',
  'kubernetes.user-number':
    'Kubernetes takes users by number only, and only the image knows the number of "{user}".',
  'kubernetes.refused-when-privileged': 'Kubernetes refuses it where a container is privileged.',
  'kubernetes.depends-on-nodes': 'It has no counterpart that could be written without knowing the nodes.',
  'kubernetes.node-port': 'Ports of nodes are between 30000 and 32767: the cluster picks one.',
  'kubernetes.label-needs-type': 'It goes with kompose.service.type: {types}, and with a port.',
  'kubernetes.inside-only':
    'They are open inside the cluster only. From outside: label kompose.service.type: loadbalancer (or nodeport), or kompose.service.expose: HOST for an Ingress.',
  'kubernetes.host-ip': 'Pods are not bound to an address of the node.',
  'kubernetes.port-range': 'Of a range none can be picked: it is open as {port}.',
  'kubernetes.port-taken': 'The container itself listens on {port}, which goes first.',
  'kubernetes.on-node': 'It is set on the nodes, not on pods.',
  'kubernetes.no-setting': 'Kubernetes has no such setting.',
  'kubernetes.cpu': 'Kubernetes has requests and limits of CPU only: deploy.resources.',
  'kubernetes.cpuset': 'The CPU manager of the node gives whole CPUs to pods whose limits are whole numbers.',
  'kubernetes.credential-spec': 'It is part of the security context on Windows, by the content of the file.',
  'kubernetes.develop': 'Watching sources belongs to development on one machine.',
  'kubernetes.devices': 'Devices of nodes are handed out by device plugins.',
  'kubernetes.external-links': 'Make a Service of type ExternalName for what is outside.',
  'kubernetes.logging': 'Logs are what containers write; the cluster collects them.',
  'kubernetes.service-models': 'Kubernetes runs no models: deploy a server for them.',
  'kubernetes.oom-score': 'It follows from requests and limits.',
  'kubernetes.pre-start': 'Make an init container of it: label kompose.init.containers.image.',
  'kubernetes.provider': 'What a provider makes is not converted.',
  'kubernetes.runtime': 'Make a RuntimeClass, and name it in runtimeClassName.',
  'kubernetes.stop-signal': 'The image says it (STOPSIGNAL).',
  'kubernetes.api-socket': "Nodes need not have Docker's socket.",
  'kubernetes.storage-class': 'The storage class decides: label kompose.volume.storage-class-name.',
  'kubernetes.volumes-from':
    'Share a named volume, or put both services in one pod: label kompose.service.group.',
  'kubernetes.renamed': 'Others reach it as "{name}": names have no other characters.',
  'kubernetes.own-network': 'Pods always have a network of their own.',
  'kubernetes.shared-in-pod':
    'It is shared within a pod: label kompose.service.group, and shareProcessNamespace.',
  'kubernetes.rollback': 'Kubernetes rolls back as it updates: kubectl rollout undo.',
  'kubernetes.endpoint-mode': 'Label kompose.service.type: headless does it.',
  'kubernetes.host-gateway': 'A node is not the machine of Compose: host-gateway leads nowhere.',
  'kubernetes.pod-address': 'Pods get their addresses from the cluster.',
  'kubernetes.delays': 'Kubernetes waits as long as it finds right, longer each time.',
  'kubernetes.update-delay': 'The next pod follows when one is ready: minReadySeconds.',
  'kubernetes.one-network': 'The cluster has one network, and its own addresses.',
  'kubernetes.models': 'Kubernetes runs no models.',
  'kubernetes.external-volume': 'It is external: a PersistentVolumeClaim "{name}" has to be there.',
  'kubernetes.driver-options': 'What a volume is made of is up to the storage class.',
  'kubernetes.copied-volume':
    'More than one pod mounts it: label kompose.controller.type: statefulset gives each a volume of its own; to share it, they need a storage class with ReadWriteMany.',
  'kubernetes.shared-volume':
    'Several services share it: pods on different nodes need a storage class with ReadWriteMany.',
  'kubernetes.no-order':
    'Pods start in no order: the program has to try again until the other one answers. Its readiness probe keeps callers away until then.',
  'kubernetes.goes-without': 'It goes without: nothing waits for it.',
  'kubernetes.same-pod': 'They start together, in one pod: nothing waits for "{needed}".',
  'kubernetes.nameless': '"{needed}" has no name that could be waited for.',
  'kubernetes.no-shared-network': 'They share no network: nothing waits for "{needed}".',
  'kubernetes.always-restarted': 'Pods of a {kind} are always started again.',
  'kubernetes.no-attempt-limit': 'They are tried again without end.',
  'kubernetes.global-job': 'A Job runs where there is room, not once on each node.',
  'kubernetes.taken-for-job':
    'It is taken to run to its end, as a Job, which cannot be changed: kubectl delete job before it is applied again. If it runs on: label kompose.controller.type: deployment.',
  'kubernetes.stateful-updates': 'Pods of a StatefulSet are replaced one after the other, the old one first.',
  'kubernetes.failed-update': 'An update stops where it fails: kubectl rollout undo.',
  'kubernetes.annotation-key': 'Kubernetes allows no such key.',
  'kubernetes.label-text': 'Labels of Kubernetes are shorter and of letters, digits, "-", "_" and ".".',
  'kubernetes.node-path': 'It is the path {source} of whatever node the pod runs on.',
  'kubernetes.headless':
    'It names no port, and an image is not looked into: its Service is headless, the name leads to the pods themselves. With "expose" it has an address that stays.',
  'kubernetes.headless.exposed':
    'It names no port, and an image is not looked into: its Service is headless, the name leads to the pods themselves. With expose: [{ports}], as its image has it, it has an address that stays.',
  'kubernetes.none-of': '"{value}" is none of {values}.',
  'kubernetes.not-a-number': '"{value}" is not a number.',
  'kubernetes.not-a-boolean': '"{value}" is not a boolean.',
  'kubernetes.not-a-size': '"{value}" is not a size.',
  'kubernetes.again.anew': 'It cannot be changed: kubectl delete {kind} {name}, then apply again.',
  'kubernetes.again.orphan':
    'It cannot be changed: kubectl delete {kind} {name} --cascade=orphan, then apply again. Its pods go on meanwhile, and its volumes stay.',
  'kubernetes.again.headless':
    'The cluster takes it and leaves the Service headless: published ports have no effect. kubectl delete service {name}, then apply again.',
  'kubernetes.again.claim':
    'It cannot be changed: give the volume another name and copy what is in it, or kubectl delete persistentvolumeclaim {name}, which loses that, then apply again.',
  'kubernetes.again.smaller':
    'A volume never shrinks: leave its size, or give the volume another name and copy what is in it ({name}).',
  'kubernetes.again.larger':
    'Storage classes without allowVolumeExpansion refuse a larger {name}: then give the volume another name and copy what is in it.',
  'kubernetes.again.immutable':
    'It is immutable: give it another name, or kubectl delete {kind} {name}, then apply again.',
  'kubernetes.again.string-data':
    'What has gone from it stays in the cluster, as it was written as stringData: kubectl delete secret {name}, then apply again. Once only: it is written as data now.',
  'kubernetes.again.left': 'It is no longer made, and stays in the cluster: kubectl delete {kind} {name}.',
} as const;
