/** Top level, services and their builds, networks, ports and volumes. By the English text of the schema. */
export const service = {
  'The Compose file is a YAML file defining a multi-containers based application.':
    'Un fichier Compose est un fichier YAML qui décrit une application faite de plusieurs conteneurs.',
  'declared for backward compatibility, ignored. Please remove it.':
    'Conservé par compatibilité et ignoré. Supprimez cette clé.',
  'define the Compose project name, until user defines one explicitly.':
    'Nom du projet Compose, sauf si un autre est indiqué explicitement.',
  'compose sub-projects to be included.': 'Sous-projets Compose à inclure.',
  'The services that will be used by your application.': 'Services de l’application.',
  'Language models that will be used by your application.': 'Modèles de langage qu’utilise l’application.',
  'Networks that are shared among multiple services.': 'Réseaux partagés par plusieurs services.',
  'Named volumes that are shared among multiple services.': 'Volumes nommés partagés par plusieurs services.',
  'Secrets that are shared among multiple services.': 'Secrets partagés par plusieurs services.',
  'Configurations that are shared among multiple services.': 'Configs partagées par plusieurs services.',
  'Configuration for a service.': 'Configuration d’un service.',
  "Configuration options for building the service's image.": 'Options de construction de l’image du service.',
  'Path to the build context. Can be a relative path or a URL.':
    'Chemin du contexte de construction : un chemin relatif ou une URL.',
  'Name of the Dockerfile to use for building the image.':
    'Nom du Dockerfile avec lequel construire l’image.',
  'Inline Dockerfile content to use instead of a Dockerfile from the build context.':
    'Contenu d’un Dockerfile, écrit ici, à la place d’un Dockerfile du contexte de construction.',
  'List of extra privileged entitlements to grant to the build process.':
    'Autorisations privilégiées supplémentaires accordées à la construction.',
  'Build-time variables, specified as a map or a list of KEY=VAL pairs.':
    'Variables de construction, sous forme de mapping ou de liste CLÉ=VALEUR.',
  "SSH agent socket or keys to expose to the build. Format is either a string or a list of 'default|<id>[=<socket>|<key>[,<key>]]'.":
    'Socket d’agent SSH ou clés mises à la disposition de la construction : une chaîne, ou une liste de « default|<id>[=<socket>|<clé>[,<clé>]] ».',
  'Labels to apply to the built image.': 'Étiquettes (labels) posées sur l’image construite.',
  'List of sources the image builder should use for cache resolution':
    'Sources dans lesquelles le constructeur d’images cherche des éléments en cache.',
  'Cache destinations for the build cache.': 'Destinations du cache de construction.',
  'Do not use cache when building the image.': 'Construire l’image sans utiliser le cache.',
  'Do not use build cache for the specified stages.':
    'Ne pas utiliser le cache de construction pour les étapes indiquées.',
  'Additional build contexts to use, specified as a map of name to context path or URL.':
    'Contextes de construction supplémentaires : un mapping de noms vers des chemins ou des URL.',
  "Network mode to use for the build. Options include 'default', 'none', 'host', or a network name.":
    'Mode réseau de la construction : « default », « none », « host » ou le nom d’un réseau.',
  'Add a provenance attestation': 'Ajouter une attestation de provenance.',
  'Add a SBOM attestation': 'Ajouter une attestation SBOM (nomenclature logicielle).',
  'Always attempt to pull a newer version of the image.':
    'Toujours chercher une version plus récente de l’image.',
  'Build stage to target in a multi-stage Dockerfile.':
    'Étape à construire dans un Dockerfile à plusieurs étapes.',
  "Size of /dev/shm for the build container. A string value can use suffix like '2g' for 2 gigabytes.":
    'Taille de /dev/shm dans le conteneur de construction. Une chaîne peut porter un suffixe, comme « 2g » pour 2 gigaoctets.',
  'Add hostname mappings for the build container.':
    'Correspondances de noms d’hôte ajoutées au conteneur de construction.',
  'Container isolation technology to use for the build process.':
    'Technique d’isolation des conteneurs pendant la construction.',
  'Give extended privileges to the build container.':
    'Donner des privilèges étendus au conteneur de construction.',
  'Secrets to expose to the build. These are accessible at build-time.':
    'Secrets accessibles pendant la construction.',
  'Additional tags to apply to the built image.':
    'Étiquettes (tags) supplémentaires données à l’image construite.',
  'Override the default ulimits for the build container.':
    'Remplacer les ulimits par défaut du conteneur de construction.',
  "Platforms to build for, e.g., 'linux/amd64', 'linux/arm64', or 'windows/amd64'.":
    'Plateformes pour lesquelles construire, par exemple « linux/amd64 », « linux/arm64 » ou « windows/amd64 ».',
  'Block IO configuration for the service.': 'Réglages des entrées-sorties par bloc du service.',
  'Limit read rate (bytes per second) from a device.':
    'Limiter le débit de lecture d’un périphérique, en octets par seconde.',
  'Limit read rate (IO per second) from a device.':
    'Limiter le débit de lecture d’un périphérique, en opérations par seconde.',
  'Limit write rate (bytes per second) to a device.':
    'Limiter le débit d’écriture sur un périphérique, en octets par seconde.',
  'Limit write rate (IO per second) to a device.':
    'Limiter le débit d’écriture sur un périphérique, en opérations par seconde.',
  'Block IO weight (relative weight) for the service, between 10 and 1000.':
    'Poids relatif des entrées-sorties par bloc du service, entre 10 et 1000.',
  'Block IO weight (relative weight) for specific devices.':
    'Poids relatif des entrées-sorties par bloc, pour des périphériques précis.',
  "Add Linux capabilities. For example, 'CAP_SYS_ADMIN', 'SYS_ADMIN', or 'NET_ADMIN'.":
    'Ajouter des capacités Linux, par exemple « CAP_SYS_ADMIN », « SYS_ADMIN » ou « NET_ADMIN ».',
  "Drop Linux capabilities. For example, 'CAP_SYS_ADMIN', 'SYS_ADMIN', or 'NET_ADMIN'.":
    'Retirer des capacités Linux, par exemple « CAP_SYS_ADMIN », « SYS_ADMIN » ou « NET_ADMIN ».',
  "Specify the cgroup namespace to join. Use 'host' to use the host's cgroup namespace, or 'private' to use a private cgroup namespace.":
    'Espace de noms cgroup à rejoindre : « host » pour celui de l’hôte, « private » pour un espace privé.',
  'Specify an optional parent cgroup for the container.': 'Cgroup parent du conteneur, facultatif.',
  "Override the default command declared by the container image, for example 'CMD' in Dockerfile.":
    'Remplacer la commande par défaut de l’image, celle de « CMD » dans le Dockerfile.',
  'Grant access to Configs on a per-service basis.': 'Donner à ce service l’accès à des configs.',
  'Specify a custom container name, rather than a generated default name.':
    'Nom du conteneur, à la place d’un nom généré.',
  'Number of usable CPUs.': 'Nombre de processeurs utilisables.',
  'Percentage of CPU resources to use.': 'Pourcentage de processeur à utiliser.',
  'CPU shares (relative weight) for the container.': 'Part de processeur du conteneur (poids relatif).',
  'Limit the CPU CFS (Completely Fair Scheduler) quota.':
    'Limiter le quota CFS (Completely Fair Scheduler) du processeur.',
  'Limit the CPU CFS (Completely Fair Scheduler) period.':
    'Limiter la période CFS (Completely Fair Scheduler) du processeur.',
  'Limit the CPU real-time period in microseconds or a duration.':
    'Limiter la période temps réel du processeur, en microsecondes ou sous forme de durée.',
  'Limit the CPU real-time runtime in microseconds or a duration.':
    'Limiter le temps d’exécution temps réel du processeur, en microsecondes ou sous forme de durée.',
  'Number of CPUs to use. A floating-point value is supported to request partial CPUs.':
    'Nombre de processeurs à utiliser. Un nombre décimal donne une fraction de processeur.',
  'CPUs in which to allow execution (0-3, 0,1).':
    'Processeurs sur lesquels l’exécution est permise (0-3, ou 0,1).',
  'Configure the credential spec for managed service account.':
    'Spécification d’identification d’un compte de service managé.',
  'The name of the credential spec Config to use.':
    'Nom de la config qui contient la spécification d’identification.',
  'Path to a credential spec file.': 'Chemin d’un fichier de spécification d’identification.',
  'Path to a credential spec in the Windows registry.':
    'Chemin d’une spécification d’identification dans le registre Windows.',
  'Express dependency between services. Service dependencies cause services to be started in dependency order. The dependent service will wait for the dependency to be ready before starting.':
    'Dépendances entre services. Les services démarrent dans l’ordre de leurs dépendances ; un service qui dépend d’un autre attend que celui-ci soit prêt avant de démarrer.',
  'Whether to restart dependent services when this service is restarted.':
    'Redémarrer aussi les services qui en dépendent quand ce service est redémarré.',
  'Whether the dependency is required for the dependent service to start.':
    'Indique si le service dépendant a besoin de cette dépendance pour démarrer.',
  "Condition to wait for. 'service_started' waits until the service has started, 'service_healthy' waits until the service is healthy (as defined by its healthcheck), 'service_completed_successfully' waits until the service has completed successfully.":
    'Condition à attendre : « service_started », le service a démarré ; « service_healthy », son contrôle de santé réussit ; « service_completed_successfully », il s’est terminé avec succès.',
  'Add rules to the cgroup allowed devices list.':
    'Règles ajoutées à la liste des périphériques que le cgroup autorise.',
  'List of device mappings for the container.': 'Périphériques de l’hôte mis à la disposition du conteneur.',
  'Path on the host to the device.': 'Chemin du périphérique sur l’hôte.',
  'Path in the container where the device will be mapped.': 'Chemin du périphérique dans le conteneur.',
  'Cgroup permissions for the device (rwm).': 'Droits du cgroup sur le périphérique (rwm).',
  'Custom DNS servers to set for the service container.':
    'Serveurs DNS du conteneur, à la place de ceux par défaut.',
  "Custom DNS options to be passed to the container's DNS resolver.":
    'Options DNS transmises au résolveur du conteneur.',
  'Custom DNS search domains to set on the service container.': 'Domaines de recherche DNS du conteneur.',
  'Custom domain name to use for the service container.': 'Nom de domaine du conteneur.',
  "Override the default entrypoint declared by the container image, for example 'ENTRYPOINT' in Dockerfile.":
    'Remplacer le point d’entrée par défaut de l’image, celui de « ENTRYPOINT » dans le Dockerfile.',
  'Add environment variables from a file or multiple files. Can be a single file path or a list of file paths.':
    'Variables d’environnement lues dans un ou plusieurs fichiers : un chemin, ou une liste de chemins.',
  'Add metadata to containers using files containing Docker labels.':
    'Métadonnées des conteneurs, lues dans des fichiers d’étiquettes Docker.',
  'Add environment variables. You can use either an array or a list of KEY=VAL pairs.':
    'Variables d’environnement, sous forme de mapping ou de liste CLÉ=VALEUR.',
  "Expose ports without publishing them to the host machine - they'll only be accessible to linked services.":
    'Ports exposés sans être publiés sur l’hôte : seuls les services liés y accèdent.',
  'Extend another service, in the current file or another file.':
    'Étendre un autre service, de ce fichier ou d’un autre.',
  'The name of the service to extend.': 'Nom du service à étendre.',
  'The file path where the service to extend is defined.':
    'Chemin du fichier où le service à étendre est défini.',
  'Specify a service which will not be manage by Compose directly, and delegate its management to an external provider.':
    'Service que Compose ne gère pas lui-même : il en confie la gestion à un fournisseur externe.',
  'External component used by Compose to manage setup and teardown lifecycle of the service.':
    'Composant externe auquel Compose confie la mise en place et le retrait du service.',
  'Provider-specific options.': 'Options propres au fournisseur.',
  'Link to services started outside this Compose application. Specify services as <service_name>:<alias>.':
    'Lien vers des services démarrés hors de cette application Compose, sous la forme <service>:<alias>.',
  'Add hostname mappings to the container network interface configuration.':
    'Correspondances de noms d’hôte ajoutées à la configuration réseau du conteneur.',
  "Define GPU devices to use. Can be set to 'all' to use all GPUs, or a list of specific GPU devices.":
    'Processeurs graphiques (GPU) à utiliser : « all » pour tous, ou une liste de GPU précis.',
  'Add additional groups which user inside the container should be member of.':
    'Groupes supplémentaires de l’utilisateur dans le conteneur.',
  'Configure a health check for the container to monitor its health status.':
    'Contrôle de santé du conteneur.',
  'Define a custom hostname for the service container.': 'Nom d’hôte du conteneur.',
  'Specify the image to start the container from. Can be a repository/tag, a digest, or a local image ID.':
    'Image à partir de laquelle le conteneur démarre : un dépôt avec son étiquette, une empreinte (digest) ou l’identifiant d’une image locale.',
  'Run as an init process inside the container that forwards signals and reaps processes.':
    'Lancer dans le conteneur un processus init, qui transmet les signaux et recueille les processus terminés.',
  "IPC sharing mode for the service container. Use 'host' to share the host's IPC namespace, 'service:[service_name]' to share with another service, or 'shareable' to allow other services to share this service's IPC namespace.":
    'Partage de l’espace IPC du conteneur : « host » pour celui de l’hôte, « service:[nom du service] » pour celui d’un autre service, « shareable » pour permettre à d’autres services de partager le sien.',
  'Container isolation technology to use. Supported values are platform-specific.':
    'Technique d’isolation du conteneur. Les valeurs possibles dépendent de la plateforme.',
  'Add metadata to containers using Docker labels. You can use either an array or a list.':
    'Métadonnées des conteneurs sous forme d’étiquettes Docker (labels) : un mapping ou une liste.',
  'Link to containers in another service. Either specify both the service name and a link alias (SERVICE:ALIAS), or just the service name.':
    'Lien vers les conteneurs d’un autre service : son nom et un alias (SERVICE:ALIAS), ou son nom seul.',
  'Logging configuration for the service.': 'Réglages des journaux du service.',
  "Logging driver to use, such as 'json-file', 'syslog', 'journald', etc.":
    'Pilote de journalisation, comme « json-file », « syslog » ou « journald ».',
  'Options for the logging driver.': 'Options du pilote de journalisation.',
  'Container MAC address to set.': 'Adresse MAC du conteneur.',
  "Memory limit for the container. A string value can use suffix like '2g' for 2 gigabytes.":
    'Mémoire maximale du conteneur. Une chaîne peut porter un suffixe, comme « 2g » pour 2 gigaoctets.',
  'Memory reservation for the container.': 'Mémoire réservée au conteneur.',
  'Container memory swappiness as percentage (0 to 100).':
    'Tendance à utiliser la mémoire d’échange (swappiness), en pourcentage (de 0 à 100).',
  'Amount of memory the container is allowed to swap to disk. Set to -1 to enable unlimited swap.':
    'Mémoire que le conteneur peut placer dans l’espace d’échange du disque. -1 pour ne pas la limiter.',
  "Network mode. Values can be 'bridge', 'host', 'none', 'service:[service name]', or 'container:[container name]'.":
    'Mode réseau : « bridge », « host », « none », « service:[nom du service] » ou « container:[nom du conteneur] ».',
  'AI Models to use, referencing entries under the top-level models key.':
    'Modèles d’IA à utiliser, déclarés sous la clé models du premier niveau.',
  'Environment variable set to AI model endpoint.':
    'Variable d’environnement qui reçoit l’adresse du modèle d’IA.',
  'Environment variable set to AI model name.': 'Variable d’environnement qui reçoit le nom du modèle d’IA.',
  'Networks to join, referencing entries under the top-level networks key. Can be a list of network names or a mapping of network name to network configuration.':
    'Réseaux à rejoindre, déclarés sous la clé networks du premier niveau : une liste de noms, ou un mapping de noms vers leurs réglages.',
  'Alternative hostnames for this service on the network.': 'Autres noms d’hôte de ce service sur le réseau.',
  'Interface network name used to connect to network': 'Nom de l’interface qui relie au réseau.',
  'Specify a static IPv4 address for this service on this network.':
    'Adresse IPv4 fixe de ce service sur ce réseau.',
  'Specify a static IPv6 address for this service on this network.':
    'Adresse IPv6 fixe de ce service sur ce réseau.',
  'List of link-local IPs.': 'Adresses IP de lien local.',
  'Specify a MAC address for this service on this network.': 'Adresse MAC de ce service sur ce réseau.',
  'Driver options for this network.': 'Options du pilote pour ce réseau.',
  'Specify the priority for the network connection.': 'Priorité de la connexion au réseau.',
  'Specify the gateway priority for the network connection.':
    'Priorité de ce réseau pour fournir la passerelle par défaut.',
  'Disable OOM Killer for the container.': 'Désactiver l’OOM Killer pour le conteneur.',
  "Tune host's OOM preferences for the container (accepts -1000 to 1000).":
    'Régler la préférence de l’OOM Killer de l’hôte pour ce conteneur (de -1000 à 1000).',
  'PID mode for container.': 'Mode PID du conteneur.',
  "Tune a container's PIDs limit. Set to -1 for unlimited PIDs.":
    'Nombre maximal de processus du conteneur. -1 pour ne pas le limiter.',
  "Target platform to run on, e.g., 'linux/amd64', 'linux/arm64', or 'windows/amd64'.":
    'Plateforme sur laquelle tourner, par exemple « linux/amd64 », « linux/arm64 » ou « windows/amd64 ».',
  'Expose container ports. Short format ([HOST:]CONTAINER[/PROTOCOL]).':
    'Ports du conteneur à publier. Forme courte : [HÔTE:]CONTENEUR[/PROTOCOLE].',
  'A human-readable name for this port mapping.': 'Nom lisible de cette publication de port.',
  "The port binding mode, either 'host' for publishing a host port or 'ingress' for load balancing.":
    'Mode de publication : « host » pour un port de l’hôte, « ingress » pour une répartition de charge.',
  'The host IP to bind to.': 'Adresse IP de l’hôte sur laquelle écouter.',
  'The port inside the container.': 'Port à l’intérieur du conteneur.',
  'The publicly exposed port.': 'Port publié.',
  'The port protocol (tcp or udp).': 'Protocole du port (tcp ou udp).',
  'Application protocol to use with the port (e.g., http, https, mysql).':
    'Protocole applicatif du port (par exemple http, https, mysql).',
  'Init containers to run to completion before the service container is started. Each step runs in its own ephemeral container, in declared order; a non-zero exit fails the bring-up of the service and its dependents.':
    'Conteneurs d’initialisation, exécutés jusqu’au bout avant le démarrage du conteneur du service. Chaque étape s’exécute dans son propre conteneur éphémère, dans l’ordre déclaré ; un code de sortie non nul fait échouer le démarrage du service et de ceux qui en dépendent.',
  'Commands to run after the container starts. If any command fails, the container stops.':
    'Commandes exécutées après le démarrage du conteneur. Si l’une échoue, le conteneur s’arrête.',
  'Commands to run before the container stops. If any command fails, the container stop is aborted.':
    'Commandes exécutées avant l’arrêt du conteneur. Si l’une échoue, l’arrêt est abandonné.',
  'Give extended privileges to the service container.':
    'Donner des privilèges étendus au conteneur du service.',
  'List of profiles for this service. When profiles are specified, services are only started when the profile is activated.':
    'Profils de ce service. Un service qui a des profils ne démarre que si l’un d’eux est activé.',
  "Policy for pulling images. Options include: 'always', 'never', 'if_not_present', 'missing', 'build', or time-based refresh policies.":
    'Quand télécharger l’image : « always », « never », « if_not_present », « missing », « build », ou une actualisation périodique.',
  'Time after which to refresh the image. Used with pull_policy=refresh.':
    'Délai après lequel actualiser l’image. Va avec pull_policy=refresh.',
  "Mount the container's filesystem as read only.":
    'Monter le système de fichiers du conteneur en lecture seule.',
  "Restart policy for the service container. Options include: 'no', 'always', 'on-failure', and 'unless-stopped'.":
    'Politique de redémarrage du conteneur : « no », « always », « on-failure » ou « unless-stopped ».',
  "Runtime to use for this container, e.g., 'runc'.": 'Runtime de ce conteneur, par exemple « runc ».',
  'Number of containers to deploy for this service.': 'Nombre de conteneurs de ce service.',
  'Override the default labeling scheme for each container.':
    'Remplacer les étiquettes de sécurité par défaut de chaque conteneur.',
  "Size of /dev/shm. A string value can use suffix like '2g' for 2 gigabytes.":
    'Taille de /dev/shm. Une chaîne peut porter un suffixe, comme « 2g » pour 2 gigaoctets.',
  'Grant access to Secrets on a per-service basis.': 'Donner à ce service l’accès à des secrets.',
  'Kernel parameters to set in the container. You can use either an array or a list.':
    'Paramètres du noyau dans le conteneur, sous forme de mapping ou de liste.',
  'Keep STDIN open even if not attached.': 'Garder l’entrée standard ouverte même si rien n’y est attaché.',
  "Time to wait for the container to stop gracefully before sending SIGKILL (e.g., '1s', '1m30s').":
    'Temps laissé au conteneur pour s’arrêter de lui-même avant l’envoi de SIGKILL (par exemple « 1s », « 1m30s »).',
  "Signal to stop the container (e.g., 'SIGTERM', 'SIGINT').":
    'Signal qui arrête le conteneur (par exemple « SIGTERM », « SIGINT »).',
  'Storage driver options for the container.': 'Options du pilote de stockage du conteneur.',
  'Mount a temporary filesystem (tmpfs) into the container. Can be a single value or a list.':
    'Monter un système de fichiers temporaire (tmpfs) dans le conteneur : une valeur ou une liste.',
  'Allocate a pseudo-TTY to service container.': 'Attribuer un pseudo-terminal (TTY) au conteneur.',
  'Override the default ulimits for a container.': 'Remplacer les ulimits par défaut du conteneur.',
  'Bind mount Docker API socket and required auth.':
    'Monter la socket de l’API Docker, avec l’authentification nécessaire.',
  'Username or UID to run the container process as.':
    'Nom ou UID de l’utilisateur sous lequel le processus du conteneur s’exécute.',
  "UTS namespace to use. 'host' shares the host's UTS namespace.":
    'Espace de noms UTS. « host » partage celui de l’hôte.',
  "User namespace to use. 'host' shares the host's user namespace.":
    'Espace de noms d’utilisateurs. « host » partage celui de l’hôte.',
  'Mount host paths or named volumes accessible to the container. Short syntax (VOLUME:CONTAINER_PATH[:MODE])':
    'Chemins de l’hôte ou volumes nommés montés dans les conteneurs. Forme courte : VOLUME:CHEMIN_DANS_LE_CONTENEUR[:MODE].',
  'The mount type: bind for mounting host directories, volume for named volumes, tmpfs for temporary filesystems, cluster for cluster volumes, npipe for named pipes, or image for mounting from an image.':
    'Type de montage : bind pour un dossier de l’hôte, volume pour un volume nommé, tmpfs pour un système de fichiers temporaire, cluster pour un volume de cluster, npipe pour un tube nommé, image pour le contenu d’une image.',
  'The source of the mount, a path on the host for a bind mount, a docker image reference for an image mount, or the name of a volume defined in the top-level volumes key. Not applicable for a tmpfs mount.':
    'Source du montage : un chemin de l’hôte pour bind, une référence d’image pour image, ou le nom d’un volume déclaré sous la clé volumes du premier niveau. Sans objet pour tmpfs.',
  'The path in the container where the volume is mounted.': 'Chemin du conteneur où le volume est monté.',
  'Flag to set the volume as read-only.': 'Monter le volume en lecture seule.',
  'The consistency requirements for the mount. Available values are platform specific.':
    'Exigences de cohérence du montage. Les valeurs possibles dépendent de la plateforme.',
  'Configuration specific to bind mounts.': 'Réglages propres aux montages bind.',
  "The propagation mode for the bind mount: 'shared', 'slave', 'private', 'rshared', 'rslave', or 'rprivate'.":
    'Mode de propagation du montage bind : « shared », « slave », « private », « rshared », « rslave » ou « rprivate ».',
  "Create the host path if it doesn't exist.": 'Créer le chemin sur l’hôte s’il n’existe pas.',
  'Recursively mount the source directory.': 'Monter aussi ce qui est monté sous le dossier source.',
  "SELinux relabeling options: 'z' for shared content, 'Z' for private unshared content.":
    'Étiquetage SELinux : « z » pour un contenu partagé, « Z » pour un contenu privé.',
  'Configuration specific to volume mounts.': 'Réglages propres aux montages de volumes.',
  'Labels to apply to the volume.': 'Étiquettes (labels) posées sur le volume.',
  'Flag to disable copying of data from a container when a volume is created.':
    'Ne pas copier de données du conteneur dans le volume à sa création.',
  'Path within the volume to mount instead of the volume root.':
    'Chemin à monter à l’intérieur du volume, à la place de sa racine.',
  'Configuration specific to tmpfs mounts.': 'Réglages propres aux montages tmpfs.',
  'Size of the tmpfs mount in bytes.': 'Taille du montage tmpfs, en octets.',
  'File mode of the tmpfs in octal.': 'Droits du tmpfs, en octal.',
  'Configuration specific to image mounts.': 'Réglages propres aux montages d’images.',
  'Path within the image to mount instead of the image root.':
    'Chemin à monter à l’intérieur de l’image, à la place de sa racine.',
  'Mount volumes from another service or container. Optionally specify read-only access (ro) or read-write (rw).':
    'Monter les volumes d’un autre service ou conteneur, éventuellement en lecture seule (ro) ou en lecture et écriture (rw).',
  'The working directory in which the entrypoint or command will be run':
    'Dossier de travail dans lequel s’exécute le point d’entrée ou la commande.',
} as const;
