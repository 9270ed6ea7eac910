import type { kubernetes as english } from '../en/kubernetes.ts';

export const kubernetes: Readonly<Record<keyof typeof english, string>> = {
  'kubernetes.alias-taken': 'Le nom « {alias} » mène à « {owner} » seul.',
  'kubernetes.alias-renamed':
    'Les autres le joignent sous « {name} » : « {alias} » n’est pas un nom dans un cluster.',
  'kubernetes.not-scaled': 'Un {kind} ne change pas d’échelle.',
  'kubernetes.no-requests':
    'Cela se règle sur ce qui est demandé, et rien ne l’est : indiquez deploy.resources.reservations.cpus.',
  'kubernetes.build': 'Construisez l’image et envoyez-la vers un registre où le cluster la prend.',
  'kubernetes.entrypoint': 'Celui de l’image ne peut pas être écarté sans commande.',
  'kubernetes.command': 'Celle de l’image ne peut pas être écartée sans point d’entrée.',
  'kubernetes.pull-policy': 'Kubernetes connaît Always, Never et IfNotPresent.',
  'kubernetes.one-hook': 'Kubernetes n’exécute qu’un hook : seul le premier a été repris.',
  'kubernetes.hook-settings': 'Il s’exécute avec l’utilisateur, les variables et le dossier du conteneur.',
  'kubernetes.no-value': 'Elle n’a pas de valeur ici : aucune n’a donc pu être écrite.',
  'kubernetes.variable-name': 'Kubernetes n’admet pas un tel nom.',
  'kubernetes.external-file': 'C’est externe : un {kind} « {name} » avec la clé « {key} » doit s’y trouver.',
  'kubernetes.unreadable-content':
    'Son contenu n’a pas pu être lu comme du texte : une valeur vide en tient lieu. Mettez-le avant d’appliquer.',
  'kubernetes.nothing-to-expose': 'Il n’a pas de port à exposer.',
  'kubernetes.not-a-host': '« {target} » n’est pas un hôte : HÔTE ou HÔTE/CHEMIN, sans protocole ni port.',
  'kubernetes.unknown-label': 'kompose ne connaît pas ce label.',
  'kubernetes.colon-in-path': 'Kubernetes n’admet pas de deux-points dans un chemin de montage.',
  'kubernetes.file-mode':
    'Kubernetes ne prend que les neuf bits des permissions : de {mode} il prend {taken}. Un mode comme 644, sans 0 devant, est un nombre décimal : écrivez 0644.',
  'kubernetes.folder-of-texts':
    'Ses fichiers deviennent un ConfigMap, que les pods ne font que lire. Si le programme y écrit : label kompose.volume.type: persistentVolumeClaim, pour un volume vide au départ.',
  'kubernetes.file-owner':
    'Son fichier appartient à root, et au groupe que donne le label kompose.security-context.fsgroup.',
  'kubernetes.mount-type': 'Kubernetes n’a pas de montages de type « {type} ».',
  'kubernetes.postgres-folder':
    'PostgreSQL ne démarre que dans un dossier vide, et les disques d’un cluster ont souvent un lost+found : label kompose.volume.subpath: data.',
  'kubernetes.empty-volume':
    'Docker remplit un nouveau volume avec ce que l’image a dans {target} ; ici il est vide, et le cache.',
  'kubernetes.docker-socket': 'La plupart des nœuds n’ont pas Docker : rien n’y répond.',
  'kubernetes.binary-file':
    'Le fichier n’est pas du texte : kubectl create secret generic {volume} --from-file={key}={source}, ou mettez-le dans l’image.',
  'kubernetes.local-path':
    'Les pods ne voient pas {source} de cette machine : un volume en tient lieu, vide au début. Mettez ce qu’il faut dans l’image ou copiez-le (kubectl cp).',
  'kubernetes.node-property': '« {property} » ne se demande pas aux nœuds de Kubernetes.',
  'kubernetes.max-replicas-per-node':
    'Une contrainte de répartition (topology spread) par nom d’hôte s’en approche le plus.',
  'kubernetes.pod-setting': 'Le pod est celui de « {service} », dont le réglage compte.',
  'kubernetes.init-container':
    '« {needed} » va jusqu’à sa fin dans chaque pod de « {name} », comme conteneur qui passe d’abord.',
  'kubernetes.image-test':
    'Le test est celui de l’image, dont le contenu n’est pas examiné : écrivez-le en toutes lettres.',
  'kubernetes.pids': 'Le nombre de processus se limite sur le nœud (--pod-max-pids).',
  'kubernetes.generic-resources': 'Ce sont les périphériques des nœuds qui les nomment.',
  'kubernetes.gpus-only':
    'Seuls des GPU peuvent être demandés : des plugins distribuent les autres périphériques.',
  'kubernetes.gpu-count':
    'Seul un nombre de GPU peut être demandé, ni tous ni un par son nom : {count} demandé(s).',
  'kubernetes.group-number': 'Kubernetes ne prend les groupes que par leur numéro.',
  'kubernetes.unsafe-sysctl':
    'Les pods qui le règlent ne démarrent que si leurs nœuds l’admettent (kubelet --allowed-unsafe-sysctls).',
  'kubernetes.user-number':
    'Kubernetes ne prend les utilisateurs que par leur numéro, et seule l’image connaît celui de « {user} ».',
  'kubernetes.refused-when-privileged': 'Kubernetes le refuse là où un conteneur est privilégié.',
  'kubernetes.depends-on-nodes': 'Il n’a pas d’équivalent qui puisse s’écrire sans connaître les nœuds.',
  'kubernetes.node-port': 'Les ports des nœuds vont de 30000 à 32767 : le cluster en choisit un.',
  'kubernetes.label-needs-type': 'Il va avec kompose.service.type: {types}, et avec un port.',
  'kubernetes.inside-only':
    'Ils ne sont ouverts que dans le cluster. De l’extérieur : label kompose.service.type: loadbalancer (ou nodeport), ou kompose.service.expose: HÔTE pour un Ingress.',
  'kubernetes.host-ip': 'Les pods ne sont pas liés à une adresse du nœud.',
  'kubernetes.port-range': 'D’une plage, aucun ne peut être choisi : il est ouvert sous {port}.',
  'kubernetes.port-taken': 'Le conteneur lui-même écoute sur {port}, qui l’emporte.',
  'kubernetes.on-node': 'Cela se règle sur les nœuds, pas sur les pods.',
  'kubernetes.no-setting': 'Kubernetes n’a pas ce réglage.',
  'kubernetes.cpu': 'Pour le processeur, Kubernetes n’a que des demandes et des limites : deploy.resources.',
  'kubernetes.cpuset':
    'Le gestionnaire de processeurs du nœud donne des processeurs entiers aux pods dont les limites sont des nombres entiers.',
  'kubernetes.credential-spec':
    'Cela fait partie du contexte de sécurité sous Windows, par le contenu du fichier.',
  'kubernetes.develop': 'La surveillance des sources relève du développement sur une seule machine.',
  'kubernetes.devices': 'Des plugins distribuent les périphériques des nœuds.',
  'kubernetes.external-links': 'Faites un Service de type ExternalName pour ce qui est à l’extérieur.',
  'kubernetes.logging': 'Les journaux sont ce que les conteneurs écrivent ; le cluster les recueille.',
  'kubernetes.service-models': 'Kubernetes n’exécute pas de modèles : déployez un serveur pour eux.',
  'kubernetes.oom-score': 'Cela découle des demandes et des limites.',
  'kubernetes.pre-start': 'Faites-en un conteneur d’initialisation : label kompose.init.containers.image.',
  'kubernetes.provider': 'Ce que crée un fournisseur n’est pas converti.',
  'kubernetes.runtime': 'Créez une RuntimeClass, et nommez-la dans runtimeClassName.',
  'kubernetes.stop-signal': 'C’est l’image qui le dit (STOPSIGNAL).',
  'kubernetes.api-socket': 'Les nœuds n’ont pas forcément le socket de Docker.',
  'kubernetes.storage-class': 'La classe de stockage en décide : label kompose.volume.storage-class-name.',
  'kubernetes.volumes-from':
    'Partagez un volume nommé, ou mettez les deux services dans un même pod : label kompose.service.group.',
  'kubernetes.renamed': 'Les autres le joignent sous « {name} » : les noms n’ont pas d’autres caractères.',
  'kubernetes.own-network': 'Les pods ont toujours leur propre réseau.',
  'kubernetes.shared-in-pod':
    'Cela se partage dans un pod : label kompose.service.group, et shareProcessNamespace.',
  'kubernetes.rollback': 'Kubernetes revient en arrière comme il met à jour : kubectl rollout undo.',
  'kubernetes.endpoint-mode': 'Le label kompose.service.type: headless le fait.',
  'kubernetes.host-gateway': 'Un nœud n’est pas la machine de Compose : host-gateway ne mène nulle part.',
  'kubernetes.pod-address': 'Les pods reçoivent leurs adresses du cluster.',
  'kubernetes.delays': 'Kubernetes attend autant qu’il le juge bon, chaque fois plus longtemps.',
  'kubernetes.update-delay': 'Le pod suivant vient quand l’un est prêt : minReadySeconds.',
  'kubernetes.one-network': 'Le cluster a un seul réseau, et ses propres adresses.',
  'kubernetes.models': 'Kubernetes n’exécute pas de modèles.',
  'kubernetes.external-volume': 'C’est externe : un PersistentVolumeClaim « {name} » doit s’y trouver.',
  'kubernetes.driver-options': 'De quoi un volume est fait, la classe de stockage en décide.',
  'kubernetes.copied-volume':
    'Plusieurs pods le montent : le label kompose.controller.type: statefulset donne à chacun le sien ; pour le partager, il leur faut une classe de stockage avec ReadWriteMany.',
  'kubernetes.shared-volume':
    'Plusieurs services le partagent : des pods sur des nœuds différents ont besoin d’une classe de stockage avec ReadWriteMany.',
  'kubernetes.no-order':
    'Les pods démarrent sans ordre : le programme doit réessayer jusqu’à ce que l’autre réponde. D’ici là, sa sonde readiness tient les appelants à distance.',
  'kubernetes.goes-without': 'On peut s’en passer : rien ne l’attend.',
  'kubernetes.same-pod': 'Ils démarrent ensemble, dans un même pod : rien n’attend « {needed} ».',
  'kubernetes.nameless': '« {needed} » n’a pas de nom qui puisse être attendu.',
  'kubernetes.no-shared-network': 'Ils n’ont pas de réseau commun : rien n’attend « {needed} ».',
  'kubernetes.always-restarted': 'Les pods d’un {kind} sont toujours redémarrés.',
  'kubernetes.no-attempt-limit': 'Les tentatives n’ont pas de fin.',
  'kubernetes.global-job': 'Un Job s’exécute là où il y a de la place, pas une fois sur chaque nœud.',
  'kubernetes.taken-for-job':
    'On suppose qu’il va jusqu’à sa fin, comme un Job, qui ne se modifie pas : kubectl delete job avant de l’appliquer de nouveau. S’il tourne en continu : label kompose.controller.type: deployment.',
  'kubernetes.stateful-updates':
    'Les pods d’un StatefulSet sont remplacés l’un après l’autre, l’ancien d’abord.',
  'kubernetes.failed-update': 'Une mise à jour s’arrête là où elle échoue : kubectl rollout undo.',
  'kubernetes.annotation-key': 'Kubernetes n’admet pas une telle clé.',
  'kubernetes.label-text':
    'Les labels de Kubernetes sont plus courts et faits de lettres, de chiffres, de « - », de « _ » et de « . ».',
  'kubernetes.node-path': 'C’est le chemin {source} du nœud, quel qu’il soit, où tourne le pod.',
  'kubernetes.headless':
    'Il ne nomme pas de port, et le contenu d’une image n’est pas examiné : son Service est headless, le nom mène aux pods eux-mêmes. Avec « expose », il a une adresse qui dure.',
  'kubernetes.headless.exposed':
    'Il ne nomme pas de port, et le contenu d’une image n’est pas examiné : son Service est headless, le nom mène aux pods eux-mêmes. Avec expose: [{ports}], comme dans son image, il a une adresse qui dure.',
  'kubernetes.none-of': '« {value} » n’est aucun de {values}.',
  'kubernetes.not-a-number': '« {value} » n’est pas un nombre.',
  'kubernetes.not-a-boolean': '« {value} » n’est pas un booléen.',
  'kubernetes.not-a-size': '« {value} » n’est pas une taille.',
  'kubernetes.again.anew':
    'Il ne peut pas être modifié : kubectl delete {kind} {name}, puis appliquez de nouveau.',
  'kubernetes.again.orphan':
    'Il ne peut pas être modifié : kubectl delete {kind} {name} --cascade=orphan, puis appliquez de nouveau. Ses pods continuent entre-temps, et ses volumes restent.',
  'kubernetes.again.headless':
    'Le cluster l’accepte et laisse le Service sans adresse (headless) : les ports publiés sont sans effet. kubectl delete service {name}, puis appliquez de nouveau.',
  'kubernetes.again.claim':
    'Il ne peut pas être modifié : donnez un autre nom au volume et copiez son contenu, ou kubectl delete persistentvolumeclaim {name}, qui le perd, puis appliquez de nouveau.',
  'kubernetes.again.smaller':
    'Un volume ne rétrécit jamais : laissez sa taille, ou donnez un autre nom au volume et copiez son contenu ({name}).',
  'kubernetes.again.larger':
    'Les classes de stockage sans allowVolumeExpansion refusent d’agrandir {name} : donnez alors un autre nom au volume et copiez son contenu.',
  'kubernetes.again.immutable':
    'Il est immuable : donnez-lui un autre nom, ou kubectl delete {kind} {name}, puis appliquez de nouveau.',
  'kubernetes.again.string-data':
    'Ce qui en a disparu reste dans le cluster, car c’était écrit en stringData : kubectl delete secret {name}, puis appliquez de nouveau. Une seule fois : il est écrit en data désormais.',
  'kubernetes.again.left': 'Il n’est plus produit, et reste dans le cluster : kubectl delete {kind} {name}.',
};
