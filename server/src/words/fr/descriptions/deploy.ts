/** Health checks, development, deployment and devices. By the English text of the schema. */
export const deploy = {
  'Configuration options to determine whether the container is healthy.':
    'Réglages qui déterminent si le conteneur est en bonne santé.',
  'Disable any container-specified healthcheck. Set to true to disable.':
    'Désactiver le contrôle de santé que l’image définit.',
  "Time between running the check (e.g., '1s', '1m30s'). Default: 30s.":
    'Intervalle entre deux contrôles (par exemple « 1s », « 1m30s »). Par défaut : 30s.',
  'Number of consecutive failures needed to consider the container as unhealthy. Default: 3.':
    'Nombre d’échecs consécutifs après lesquels le conteneur n’est plus en bonne santé. Par défaut : 3.',
  "The test to perform to check container health. Can be a string or a list. The first item is either NONE, CMD, or CMD-SHELL. If it's CMD, the rest of the command is exec'd. If it's CMD-SHELL, the rest is run in the shell.":
    'Contrôle à exécuter : une chaîne ou une liste. Le premier élément est NONE, CMD ou CMD-SHELL. Après CMD, la suite est exécutée directement ; après CMD-SHELL, elle l’est dans le shell.',
  "Maximum time to allow one check to run (e.g., '1s', '1m30s'). Default: 30s.":
    'Durée maximale d’un contrôle (par exemple « 1s », « 1m30s »). Par défaut : 30s.',
  "Start period for the container to initialize before starting health-retries countdown (e.g., '1s', '1m30s'). Default: 0s.":
    'Temps laissé au conteneur pour s’initialiser avant de compter les échecs (par exemple « 1s », « 1m30s »). Par défaut : 0s.',
  "Time between running the check during the start period (e.g., '1s', '1m30s'). Default: interval value.":
    'Intervalle entre deux contrôles pendant l’initialisation (par exemple « 1s », « 1m30s »). Par défaut : la valeur d’interval.',
  'Development configuration for the service, used for development workflows.':
    'Réglages du service pour le développement.',
  'Configure watch mode for the service, which monitors file changes and performs actions in response.':
    'Mode surveillance du service : il suit les changements de fichiers et y réagit.',
  'Patterns to exclude from watching.': 'Motifs exclus de la surveillance.',
  'Patterns to include in watching.': 'Motifs inclus dans la surveillance.',
  'Path to watch for changes.': 'Chemin à surveiller.',
  'Action to take when a change is detected: rebuild the container, sync files, restart the container, sync and restart, or sync and execute a command.':
    'Action à effectuer lors d’un changement : reconstruire le conteneur, synchroniser les fichiers, redémarrer le conteneur, synchroniser et redémarrer, ou synchroniser et exécuter une commande.',
  'Target path in the container for sync operations.':
    'Chemin de destination dans le conteneur pour la synchronisation.',
  'Command to execute when a change is detected and action is sync+exec.':
    'Commande à exécuter lors d’un changement, quand l’action est sync+exec.',
  'Ensure that an initial synchronization is done before starting watch mode for sync+x triggers':
    'Faire une première synchronisation avant de commencer la surveillance, pour les actions sync+…',
  'Deployment configuration for the service.': 'Réglages de déploiement du service.',
  "Deployment mode for the service: 'replicated' (default) or 'global'.":
    'Mode de déploiement du service : « replicated » (par défaut) ou « global ».',
  "Endpoint mode for the service: 'vip' (default) or 'dnsrr'.":
    'Mode d’accès au service : « vip » (par défaut) ou « dnsrr ».',
  'Number of replicas of the service container to run.': 'Nombre de réplicas du conteneur du service.',
  'Labels to apply to the service.': 'Étiquettes (labels) posées sur le service.',
  'Configuration for rolling back a service update.':
    'Réglages du retour en arrière après une mise à jour du service.',
  'The number of containers to rollback at a time. If set to 0, all containers rollback simultaneously.':
    'Nombre de conteneurs remis en arrière à la fois. 0 : tous en même temps.',
  "The time to wait between each container group's rollback (e.g., '1s', '1m30s').":
    'Temps d’attente entre deux groupes de conteneurs remis en arrière (par exemple « 1s », « 1m30s »).',
  "Action to take if a rollback fails: 'continue', 'pause'.":
    'Action si le retour en arrière échoue : « continue », « pause ».',
  "Duration to monitor each task for failures after it is created (e.g., '1s', '1m30s').":
    'Durée de surveillance de chaque tâche après sa création (par exemple « 1s », « 1m30s »).',
  'Failure rate to tolerate during a rollback.': 'Taux d’échec toléré pendant un retour en arrière.',
  "Order of operations during rollbacks: 'stop-first' (default) or 'start-first'.":
    'Ordre des opérations pendant un retour en arrière : « stop-first » (par défaut) ou « start-first ».',
  'Configuration for updating a service.': 'Réglages de la mise à jour d’un service.',
  'The number of containers to update at a time.': 'Nombre de conteneurs mis à jour à la fois.',
  "The time to wait between updating a group of containers (e.g., '1s', '1m30s').":
    'Temps d’attente entre deux groupes de conteneurs mis à jour (par exemple « 1s », « 1m30s »).',
  "Action to take if an update fails: 'continue', 'pause', 'rollback'.":
    'Action si la mise à jour échoue : « continue », « pause », « rollback ».',
  "Duration to monitor each updated task for failures after it is created (e.g., '1s', '1m30s').":
    'Durée de surveillance de chaque tâche mise à jour après sa création (par exemple « 1s », « 1m30s »).',
  'Failure rate to tolerate during an update (0 to 1).':
    'Taux d’échec toléré pendant une mise à jour (de 0 à 1).',
  "Order of operations during updates: 'stop-first' (default) or 'start-first'.":
    'Ordre des opérations pendant une mise à jour : « stop-first » (par défaut) ou « start-first ».',
  'Resource constraints and reservations for the service.':
    'Ressources limitées ou réservées pour le service.',
  'Resource limits for the service containers.': 'Ressources maximales des conteneurs du service.',
  'Limit for how much of the available CPU resources, as number of cores, a container can use.':
    'Part maximale du processeur qu’un conteneur peut utiliser, en nombre de cœurs.',
  "Limit on the amount of memory a container can allocate (e.g., '1g', '1024m').":
    'Mémoire maximale qu’un conteneur peut allouer (par exemple « 1g », « 1024m »).',
  'Maximum number of PIDs available to the container.': 'Nombre maximal de processus du conteneur.',
  'Resource reservations for the service containers.': 'Ressources réservées aux conteneurs du service.',
  'Reservation for how much of the available CPU resources, as number of cores, a container can use.':
    'Part du processeur réservée à un conteneur, en nombre de cœurs.',
  "Reservation on the amount of memory a container can allocate (e.g., '1g', '1024m').":
    'Mémoire réservée à un conteneur (par exemple « 1g », « 1024m »).',
  'User-defined resources to reserve.': 'Ressources définies par l’utilisateur, à réserver.',
  'Device reservations for the container.': 'Périphériques réservés au conteneur.',
  'Restart policy for the service containers.': 'Politique de redémarrage des conteneurs du service.',
  "Condition for restarting the container: 'none', 'on-failure', 'any'.":
    'Condition de redémarrage du conteneur : « none », « on-failure », « any ».',
  "Delay between restart attempts (e.g., '1s', '1m30s').":
    'Délai entre deux tentatives de redémarrage (par exemple « 1s », « 1m30s »).',
  'Maximum number of restart attempts before giving up.':
    'Nombre maximal de tentatives de redémarrage avant d’abandonner.',
  "Time window used to evaluate the restart policy (e.g., '1s', '1m30s').":
    'Durée sur laquelle la politique de redémarrage est évaluée (par exemple « 1s », « 1m30s »).',
  'Constraints and preferences for the platform to select a physical node to run service containers':
    'Contraintes et préférences qui déterminent le nœud où tournent les conteneurs du service.',
  "Placement constraints for the service (e.g., 'node.role==manager').":
    'Contraintes de placement du service (par exemple « node.role==manager »).',
  'Placement preferences for the service.': 'Préférences de placement du service.',
  'Spread tasks evenly across values of the specified node label.':
    'Répartir les tâches également entre les valeurs de cette étiquette de nœud.',
  'Maximum number of replicas of the service.': 'Nombre maximal de réplicas du service.',
  'User-defined resources for services, allowing services to reserve specialized hardware resources.':
    'Ressources définies par l’utilisateur, pour qu’un service réserve du matériel spécialisé.',
  'Specification for discrete (countable) resources.': 'Description de ressources dénombrables.',
  "Type of resource (e.g., 'GPU', 'FPGA', 'SSD').":
    'Type de ressource (par exemple « GPU », « FPGA », « SSD »).',
  'Number of resources of this kind to reserve.': 'Nombre de ressources de ce type à réserver.',
  'Device reservations for containers, allowing services to access specific hardware devices.':
    'Périphériques réservés aux conteneurs, pour qu’un service accède à du matériel précis.',
  "List of capabilities the device needs to have (e.g., 'gpu', 'compute', 'utility').":
    'Capacités que le périphérique doit avoir (par exemple « gpu », « compute », « utility »).',
  'Number of devices of this type to reserve.': 'Nombre de périphériques de ce type à réserver.',
  'List of specific device IDs to reserve.': 'Identifiants des périphériques à réserver.',
  "Device driver to use (e.g., 'nvidia').": 'Pilote du périphérique (par exemple « nvidia »).',
  'Driver-specific options for the device.': 'Options du pilote pour le périphérique.',
  'Use all available GPUs.': 'Utiliser tous les GPU disponibles.',
  'List of specific GPU devices to use.': 'GPU précis à utiliser.',
  "List of capabilities the GPU needs to have (e.g., 'compute', 'utility').":
    'Capacités que le GPU doit avoir (par exemple « compute », « utility »).',
  'Number of GPUs to use.': 'Nombre de GPU à utiliser.',
  'List of specific GPU device IDs to use.': 'Identifiants des GPU à utiliser.',
  "GPU driver to use (e.g., 'nvidia').": 'Pilote du GPU (par exemple « nvidia »).',
  'Driver-specific options for the GPU.': 'Options du pilote pour le GPU.',
} as const;
