import type { kubernetes as english } from '../en/kubernetes.ts';

export const kubernetes: Readonly<Record<keyof typeof english, string>> = {
  'kubernetes.alias-taken': 'Le nom « {alias} » ne mène qu’à « {owner} ».',
  'kubernetes.alias-renamed':
    'Les autres services l’atteignent sous le nom « {name} », car « {alias} » n’est pas un nom valide dans un cluster.',
  'kubernetes.not-scaled': 'Un {kind} ne peut pas être mis à l’échelle.',
  'kubernetes.no-requests':
    'La mise à l’échelle automatique se base sur les ressources demandées, et aucune ne l’est. Indiquez deploy.resources.reservations.cpus.',
  'kubernetes.build': 'Construisez l’image et envoyez-la vers un registre accessible au cluster.',
  'kubernetes.entrypoint': 'Le point d’entrée de l’image ne peut pas être effacé sans commande.',
  'kubernetes.command': 'La commande de l’image ne peut pas être effacée sans point d’entrée.',
  'kubernetes.pull-policy': 'Kubernetes n’admet que Always, Never et IfNotPresent.',
  'kubernetes.one-hook': 'Kubernetes n’exécute qu’un seul hook : seul le premier a été converti.',
  'kubernetes.hook-settings':
    'Il s’exécute avec l’utilisateur, les variables et le dossier de travail du conteneur.',
  'kubernetes.no-value': 'La variable n’a pas de valeur ici : aucune n’a donc été écrite.',
  'kubernetes.variable-name': 'Kubernetes n’admet pas ce nom.',
  'kubernetes.external-file':
    'L’élément est externe : un {kind} « {name} » avec la clé « {key} » doit exister dans le cluster.',
  'kubernetes.unreadable-content':
    'Son contenu n’a pas pu être lu comme du texte : la valeur est donc vide. Renseignez-la avant d’appliquer les manifestes.',
  'kubernetes.nothing-to-expose': 'Il n’a pas de port à exposer.',
  'kubernetes.not-a-host': '« {target} » n’est pas un hôte : HÔTE ou HÔTE/CHEMIN, sans protocole ni port.',
  'kubernetes.unknown-label': 'kompose ne connaît pas ce label.',
  'kubernetes.colon-in-path': 'Kubernetes n’admet pas de deux-points dans un chemin de montage.',
  'kubernetes.file-mode':
    'Kubernetes n’utilise que les neuf bits de permission : {taken} pour {mode}. Un mode comme 644, sans 0 initial, est un nombre décimal : écrivez 0644.',
  'kubernetes.folder-of-texts':
    'Ses fichiers deviennent un ConfigMap, que les pods peuvent seulement lire. Si le programme y écrit, ajoutez le label kompose.volume.type: persistentVolumeClaim : le volume sera vide au départ.',
  'kubernetes.file-owner':
    'Son fichier appartient à root et au groupe indiqué par le label kompose.security-context.fsgroup.',
  'kubernetes.mount-type': 'Kubernetes n’a pas de montages de type « {type} ».',
  'kubernetes.postgres-folder':
    'PostgreSQL ne démarre que dans un dossier vide, or les disques d’un cluster contiennent souvent un dossier lost+found. Ajoutez le label kompose.volume.subpath: data.',
  'kubernetes.empty-volume':
    'Docker copie dans un nouveau volume le contenu de l’image à l’emplacement {target}. Dans Kubernetes, le volume est vide et masque ce contenu.',
  'kubernetes.docker-socket': 'La plupart des nœuds n’exécutent pas Docker : rien n’y répond.',
  'kubernetes.binary-file':
    'Le fichier n’est pas du texte. Exécutez kubectl create secret generic {volume} --from-file={key}={source}, ou ajoutez le fichier à l’image.',
  'kubernetes.local-path':
    'Les pods n’ont pas accès à {source} sur cette machine : un volume vide au départ le remplace. Ajoutez le contenu à l’image, ou copiez-le avec kubectl cp.',
  'kubernetes.node-property': 'Les nœuds de Kubernetes ne peuvent pas être choisis selon « {property} ».',
  'kubernetes.max-replicas-per-node':
    'L’équivalent le plus proche est une contrainte de répartition (topology spread) par nom d’hôte.',
  'kubernetes.pod-setting': 'Le pod est celui de « {service} », dont le réglage s’applique.',
  'kubernetes.init-container':
    '« {needed} » s’exécute jusqu’à son terme dans chaque pod de « {name} », comme conteneur d’initialisation.',
  'kubernetes.image-test':
    'Le test est défini dans l’image, qui n’est pas examinée. Écrivez-le dans le fichier Compose.',
  'kubernetes.pids': 'Le nombre de processus se limite au niveau du nœud (--pod-max-pids).',
  'kubernetes.generic-resources': 'Leurs noms sont ceux des plugins de périphériques des nœuds.',
  'kubernetes.gpus-only':
    'Seuls les GPU peuvent être demandés. Les autres périphériques sont attribués par des plugins.',
  'kubernetes.gpu-count':
    'Les GPU ne se demandent que par leur nombre, ni tous ensemble ni par leur nom. Nombre demandé : {count}.',
  'kubernetes.group-number': 'Kubernetes n’accepte les groupes que par leur numéro.',
  'kubernetes.unsafe-sysctl':
    'Les pods qui le définissent ne démarrent que si leurs nœuds l’autorisent (kubelet --allowed-unsafe-sysctls).',
  'kubernetes.user-number':
    'Kubernetes n’accepte les utilisateurs que par leur numéro, et seule l’image définit celui de « {user} ».',
  'kubernetes.refused-when-privileged': 'Kubernetes le refuse pour un conteneur privilégié.',
  'kubernetes.depends-on-nodes': 'Il n’a pas d’équivalent qui puisse s’écrire sans connaître les nœuds.',
  'kubernetes.node-port': 'Les ports des nœuds vont de 30000 à 32767 : le cluster en choisit un.',
  'kubernetes.label-needs-type': 'Il requiert kompose.service.type: {types}, et un port.',
  'kubernetes.inside-only':
    'Ils ne sont ouverts que dans le cluster. Pour un accès de l’extérieur, ajoutez le label kompose.service.type: loadbalancer (ou nodeport), ou kompose.service.expose: HÔTE pour un Ingress.',
  'kubernetes.host-ip': 'Les pods ne sont pas liés à une adresse du nœud.',
  'kubernetes.port-range':
    'Aucun port ne peut être choisi dans une plage : il est ouvert sous le numéro {port}.',
  'kubernetes.port-taken': 'Le conteneur écoute lui-même sur {port}, qui est prioritaire.',
  'kubernetes.on-node': 'Cela se règle sur les nœuds, pas sur les pods.',
  'kubernetes.no-setting': 'Kubernetes n’a pas ce réglage.',
  'kubernetes.cpu':
    'Pour le processeur, Kubernetes ne connaît que les demandes et les limites. Utilisez deploy.resources.',
  'kubernetes.cpuset':
    'Le gestionnaire de processeurs du nœud attribue des processeurs entiers aux pods dont les limites sont des nombres entiers.',
  'kubernetes.credential-spec':
    'Sous Windows, cela fait partie du contexte de sécurité, par le contenu du fichier.',
  'kubernetes.develop': 'La surveillance des fichiers sert au développement sur une seule machine.',
  'kubernetes.devices': 'Les périphériques des nœuds sont attribués par des plugins.',
  'kubernetes.external-links': 'Créez un Service de type ExternalName pour les services externes.',
  'kubernetes.logging': 'Le cluster recueille la sortie des conteneurs comme journaux.',
  'kubernetes.service-models': 'Kubernetes n’exécute pas de modèles. Déployez un serveur de modèles.',
  'kubernetes.oom-score': 'Cela découle des demandes et des limites.',
  'kubernetes.pre-start':
    'Convertissez-le en conteneur d’initialisation avec le label kompose.init.containers.image.',
  'kubernetes.provider': 'Les ressources créées par un fournisseur ne sont pas converties.',
  'kubernetes.runtime': 'Créez une RuntimeClass, et indiquez son nom dans runtimeClassName.',
  'kubernetes.stop-signal': 'Il est défini dans l’image (STOPSIGNAL).',
  'kubernetes.api-socket': 'Les nœuds n’ont pas forcément le socket de Docker.',
  'kubernetes.storage-class':
    'Cela dépend de la classe de stockage. Ajoutez le label kompose.volume.storage-class-name.',
  'kubernetes.volumes-from':
    'Partagez un volume nommé, ou réunissez les deux services dans un même pod avec le label kompose.service.group.',
  'kubernetes.renamed':
    'Les autres services l’atteignent sous le nom « {name} », car les noms n’admettent pas d’autres caractères.',
  'kubernetes.own-network': 'Les pods ont toujours leur propre réseau.',
  'kubernetes.shared-in-pod':
    'Cela se partage au sein d’un pod. Utilisez le label kompose.service.group, et shareProcessNamespace.',
  'kubernetes.rollback':
    'Kubernetes revient en arrière de la même façon qu’il met à jour. Utilisez kubectl rollout undo.',
  'kubernetes.endpoint-mode': 'Utilisez le label kompose.service.type: headless.',
  'kubernetes.host-gateway': 'Un nœud n’est pas la machine de Compose : host-gateway ne mène nulle part.',
  'kubernetes.pod-address': 'Les pods reçoivent leurs adresses du cluster.',
  'kubernetes.delays': 'Kubernetes choisit lui-même les délais et les allonge à chaque fois.',
  'kubernetes.update-delay':
    'Le pod suivant est mis à jour quand le précédent est prêt. Utilisez minReadySeconds.',
  'kubernetes.one-network': 'Le cluster a un seul réseau, et ses propres adresses.',
  'kubernetes.models': 'Kubernetes n’exécute pas de modèles.',
  'kubernetes.external-volume':
    'Le volume est externe : un PersistentVolumeClaim « {name} » doit exister dans le cluster.',
  'kubernetes.driver-options': 'Le type d’un volume dépend de la classe de stockage.',
  'kubernetes.copied-volume':
    'Plusieurs pods le montent. Pour donner à chacun son propre volume, ajoutez le label kompose.controller.type: statefulset. Pour le partager, utilisez une classe de stockage avec ReadWriteMany.',
  'kubernetes.shared-volume':
    'Plusieurs services le partagent. Des pods sur des nœuds différents ont besoin d’une classe de stockage avec ReadWriteMany.',
  'kubernetes.no-order':
    'Les pods démarrent sans ordre défini. Le programme doit réessayer jusqu’à ce que l’autre service réponde. D’ici là, sa sonde readiness écarte les appelants.',
  'kubernetes.goes-without': 'La dépendance est facultative : rien ne l’attend.',
  'kubernetes.same-pod': 'Ils démarrent ensemble, dans un même pod : rien n’attend « {needed} ».',
  'kubernetes.nameless': '« {needed} » n’a pas de nom à attendre.',
  'kubernetes.no-shared-network': 'Ils n’ont pas de réseau commun : rien n’attend « {needed} ».',
  'kubernetes.always-restarted': 'Les pods d’un {kind} sont toujours redémarrés.',
  'kubernetes.no-attempt-limit': 'Le nombre de tentatives n’est pas limité.',
  'kubernetes.global-job':
    'Un Job s’exécute sur n’importe quel nœud qui a des ressources libres, et non une fois sur chaque nœud.',
  'kubernetes.taken-for-job':
    'On suppose qu’il va jusqu’à son terme : il est converti en Job, qui ne peut pas être modifié. Exécutez kubectl delete job avant de l’appliquer de nouveau. S’il tourne en continu, ajoutez le label kompose.controller.type: deployment.',
  'kubernetes.stateful-updates':
    'Les pods d’un StatefulSet sont remplacés un par un, et l’ancien est arrêté d’abord.',
  'kubernetes.failed-update': 'Une mise à jour qui échoue s’arrête. Utilisez kubectl rollout undo.',
  'kubernetes.annotation-key': 'Kubernetes n’admet pas cette clé.',
  'kubernetes.label-text':
    'Les labels de Kubernetes sont plus courts et se composent de lettres, de chiffres, de « - », de « _ » et de « . ».',
  'kubernetes.node-path': 'C’est le chemin {source} du nœud sur lequel tourne le pod.',
  'kubernetes.headless':
    'Il n’indique pas de port, et les images ne sont pas examinées : son Service est donc headless, et le nom mène aux pods eux-mêmes. Pour une adresse stable, ajoutez « expose ».',
  'kubernetes.headless.exposed':
    'Il n’indique pas de port, et les images ne sont pas examinées : son Service est donc headless, et le nom mène aux pods eux-mêmes. Pour une adresse stable, ajoutez expose: [{ports}], comme dans son image.',
  'kubernetes.none-of': '« {value} » ne fait pas partie de {values}.',
  'kubernetes.not-a-number': '« {value} » n’est pas un nombre.',
  'kubernetes.not-a-boolean': '« {value} » n’est pas un booléen.',
  'kubernetes.not-a-size': '« {value} » n’est pas une taille.',
  'kubernetes.again.anew':
    'Il ne peut pas être modifié. Exécutez kubectl delete {kind} {name}, puis appliquez de nouveau les manifestes.',
  'kubernetes.again.orphan':
    'Il ne peut pas être modifié. Exécutez kubectl delete {kind} {name} --cascade=orphan, puis appliquez de nouveau les manifestes. Ses pods continuent entre-temps, et ses volumes sont conservés.',
  'kubernetes.again.headless':
    'Le cluster l’accepte, mais le Service reste headless : les ports publiés sont sans effet. Exécutez kubectl delete service {name}, puis appliquez de nouveau les manifestes.',
  'kubernetes.again.ports':
    'Le cluster l’accepte, mais kubectl fusionne les ports d’après leur seul numéro : entre TCP et UDP sur un même port, l’un est perdu. Exécutez kubectl delete service {name}, puis appliquez de nouveau les manifestes.',
  'kubernetes.again.node-port':
    'Le cluster l’accepte, mais garde le port des nœuds qui était défini auparavant. Pour en obtenir un autre, exécutez kubectl delete service {name}, puis appliquez de nouveau les manifestes.',
  'kubernetes.again.claim':
    'Il ne peut pas être modifié. Donnez un autre nom au volume et copiez son contenu. Ou exécutez kubectl delete persistentvolumeclaim {name}, qui supprime ce contenu, puis appliquez de nouveau les manifestes.',
  'kubernetes.again.smaller':
    'Un volume ne peut pas rétrécir. Conservez sa taille, ou donnez un autre nom au volume et copiez son contenu ({name}).',
  'kubernetes.again.larger':
    'Les classes de stockage sans allowVolumeExpansion refusent d’agrandir {name}. Dans ce cas, donnez un autre nom au volume et copiez son contenu.',
  'kubernetes.again.immutable':
    'Il est immuable. Donnez-lui un autre nom, ou exécutez kubectl delete {kind} {name}, puis appliquez de nouveau les manifestes.',
  'kubernetes.again.string-data':
    'Ce qui en a été retiré reste dans le cluster, car c’était écrit en stringData. Exécutez une fois kubectl delete secret {name}, puis appliquez de nouveau les manifestes. Désormais, c’est écrit en data.',
  'kubernetes.again.left':
    'Il n’est plus généré, mais reste dans le cluster. Pour le supprimer, exécutez kubectl delete {kind} {name}.',
};
