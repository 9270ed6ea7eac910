/** Includes, networks, volumes, secrets, configs, models, and what several attributes share. By the English text of the schema. */
export const resources = {
  'Compose application or sub-projects to be included.': 'Application Compose ou sous-projets à inclure.',
  'Path to the Compose application or sub-project files to include.':
    'Chemin des fichiers de l’application Compose ou du sous-projet à inclure.',
  'Path to the environment files to use to define default values when interpolating variables in the Compose files being parsed.':
    'Chemin des fichiers d’environnement qui donnent leurs valeurs par défaut aux variables des fichiers Compose inclus.',
  'Path to resolve relative paths set in the Compose file':
    'Dossier par rapport auquel se lisent les chemins relatifs du fichier Compose.',
  'Network configuration for the Compose application.': 'Configuration d’un réseau de l’application Compose.',
  'Custom name for this network.': 'Nom de ce réseau.',
  "Specify which driver should be used for this network. Default is 'bridge'.":
    'Pilote de ce réseau. Par défaut : « bridge ».',
  'Specify driver-specific options defined as key/value pairs.':
    'Options propres au pilote, sous forme de paires clé-valeur.',
  'Custom IP Address Management configuration for this network.':
    'Gestion des adresses IP (IPAM) de ce réseau.',
  'Custom IPAM driver, instead of the default.': 'Pilote IPAM, à la place de celui par défaut.',
  'List of IPAM configuration blocks.': 'Blocs de configuration IPAM.',
  'Subnet in CIDR format that represents a network segment.':
    'Sous-réseau au format CIDR, qui décrit un segment du réseau.',
  'Range of IPs from which to allocate container IPs.':
    'Plage d’adresses IP dans laquelle prendre celles des conteneurs.',
  'IPv4 or IPv6 gateway for the subnet.': 'Passerelle IPv4 ou IPv6 du sous-réseau.',
  'Auxiliary IPv4 or IPv6 addresses used by Network driver.':
    'Adresses IPv4 ou IPv6 auxiliaires qu’utilise le pilote réseau.',
  'Driver-specific options for the IPAM driver.': 'Options propres au pilote IPAM.',
  'Specifies that this network already exists and was created outside of Compose.':
    'Indique que ce réseau existe déjà et a été créé hors de Compose.',
  "Specifies the name of the external network. Deprecated: use the 'name' property instead.":
    'Nom du réseau externe. Obsolète : utilisez plutôt la propriété « name ».',
  'Create an externally isolated network.': 'Créer un réseau isolé de l’extérieur.',
  'Enable IPv4 networking.': 'Activer IPv4 sur le réseau.',
  'Enable IPv6 networking.': 'Activer IPv6 sur le réseau.',
  'If true, standalone containers can attach to this network.':
    'Permettre à des conteneurs autonomes de rejoindre ce réseau.',
  'Add metadata to the network using labels.': 'Métadonnées du réseau sous forme d’étiquettes (labels).',
  'Volume configuration for the Compose application.': 'Configuration d’un volume de l’application Compose.',
  'Custom name for this volume.': 'Nom de ce volume.',
  'Specify which volume driver should be used for this volume.': 'Pilote de ce volume.',
  'Specify driver-specific options.': 'Options propres au pilote.',
  'Specifies that this volume already exists and was created outside of Compose.':
    'Indique que ce volume existe déjà et a été créé hors de Compose.',
  "Specifies the name of the external volume. Deprecated: use the 'name' property instead.":
    'Nom du volume externe. Obsolète : utilisez plutôt la propriété « name ».',
  'Add metadata to the volume using labels.': 'Métadonnées du volume sous forme d’étiquettes (labels).',
  'Secret configuration for the Compose application.': 'Configuration d’un secret de l’application Compose.',
  'Custom name for this secret.': 'Nom de ce secret.',
  'Name of an environment variable from which to get the secret value.':
    'Nom de la variable d’environnement qui contient la valeur du secret.',
  'Path to a file containing the secret value.': 'Chemin du fichier qui contient la valeur du secret.',
  'Specifies that this secret already exists and was created outside of Compose.':
    'Indique que ce secret existe déjà et a été créé hors de Compose.',
  'Specifies the name of the external secret.': 'Nom du secret externe.',
  'Add metadata to the secret using labels.': 'Métadonnées du secret sous forme d’étiquettes (labels).',
  'Specify which secret driver should be used for this secret.': 'Pilote de ce secret.',
  "Driver to use for templating the secret's value.":
    'Pilote qui traite la valeur du secret comme un modèle (template).',
  'Config configuration for the Compose application.': 'Configuration d’une config de l’application Compose.',
  'Custom name for this config.': 'Nom de cette config.',
  'Inline content of the config.': 'Contenu de la config, écrit ici.',
  'Name of an environment variable from which to get the config value.':
    'Nom de la variable d’environnement qui contient la valeur de la config.',
  'Path to a file containing the config value.': 'Chemin du fichier qui contient la valeur de la config.',
  'Specifies that this config already exists and was created outside of Compose.':
    'Indique que cette config existe déjà et a été créée hors de Compose.',
  "Specifies the name of the external config. Deprecated: use the 'name' property instead.":
    'Nom de la config externe. Obsolète : utilisez plutôt la propriété « name ».',
  'Add metadata to the config using labels.': 'Métadonnées de la config sous forme d’étiquettes (labels).',
  "Driver to use for templating the config's value.":
    'Pilote qui traite la valeur de la config comme un modèle (template).',
  'Language Model for the Compose application.': 'Modèle de langage de l’application Compose.',
  'Custom name for this model.': 'Nom de ce modèle.',
  'Language Model to run.': 'Modèle de langage à exécuter.',
  'Raw runtime flags to pass to the inference engine.':
    'Options transmises telles quelles au moteur d’inférence.',
  'Command to run in the container, which can be specified as a string (shell form) or array (exec form).':
    'Commande à exécuter dans le conteneur : une chaîne (forme shell) ou une liste (forme exec).',
  "No command specified, use the container's default command.":
    'Aucune commande : celle par défaut du conteneur est utilisée.',
  "Command as a string, which will be executed in a shell (e.g., '/bin/sh -c').":
    'Commande sous forme de chaîne, exécutée dans un shell (par exemple « /bin/sh -c »).',
  'Command as an array of strings, which will be executed directly without a shell.':
    'Commande sous forme de liste de chaînes, exécutée directement, sans shell.',
  'Part of the command (executable or argument).': 'Partie de la commande (programme ou argument).',
  "Configuration for service lifecycle hooks, which are commands executed at specific points in a container's lifecycle.":
    'Crochets du cycle de vie du service : des commandes exécutées à des moments précis de la vie d’un conteneur.',
  'Command to execute as part of the hook.': 'Commande à exécuter pour ce crochet.',
  'User to run the command as.': 'Utilisateur sous lequel exécuter la commande.',
  'Whether to run the command with extended privileges.': 'Exécuter la commande avec des privilèges étendus.',
  'Working directory for the command.': 'Dossier de travail de la commande.',
  'Environment variables for the command.': 'Variables d’environnement de la commande.',
  'Configuration for a pre_start init container, run to completion before the service container starts.':
    'Configuration d’un conteneur d’initialisation pre_start, exécuté jusqu’au bout avant le démarrage du conteneur du service.',
  "Command to execute. Optional when the chosen image's entrypoint already runs the intended command.":
    'Commande à exécuter. Facultative si le point d’entrée de l’image choisie exécute déjà la commande voulue.',
  "Image used for the ephemeral container. If omitted, the parent service's image is used.":
    'Image du conteneur éphémère. À défaut, celle du service.',
  "User to run the command as. Defaults to the user declared in image (or to the service's user when image is omitted).":
    'Utilisateur sous lequel exécuter la commande. À défaut, celui de l’image indiquée (ou celui du service si aucune image n’est indiquée).',
  "Working directory for the command. Defaults to the service's working directory.":
    'Dossier de travail de la commande. À défaut, celui du service.',
  'Environment variables for the command. Appended to or overriding the service environment.':
    'Variables d’environnement de la commande. Elles s’ajoutent à celles du service ou les remplacent.',
  'Whether the hook runs once per service replica (true), or once for the service as a whole before any replica starts (false, the default).':
    'Exécuter le crochet une fois par réplica du service (true), ou une seule fois pour tout le service avant le démarrage de ses réplicas (false, par défaut).',
  'Path to a file containing environment variables.': 'Chemin d’un fichier de variables d’environnement.',
  'List of paths to files containing environment variables.':
    'Chemins de fichiers de variables d’environnement.',
  'Detailed configuration for an environment file.': 'Réglages détaillés d’un fichier d’environnement.',
  'Path to the environment file.': 'Chemin du fichier d’environnement.',
  'Format attribute lets you to use an alternative file formats for env_file. When not set, env_file is parsed according to Compose rules.':
    'Autre format pour le fichier d’environnement. À défaut, il est lu selon les règles de Compose.',
  "Whether the file is required. If true and the file doesn't exist, an error will be raised.":
    'Indique si le fichier est obligatoire. Si c’est le cas (true) et qu’il n’existe pas, c’est une erreur.',
  'Path to a file containing Docker labels.': 'Chemin d’un fichier d’étiquettes Docker.',
  'List of paths to files containing Docker labels.': 'Chemins de fichiers d’étiquettes Docker.',
  'Either a single string or a list of strings.': 'Une chaîne, ou une liste de chaînes.',
  'A single string value.': 'Une chaîne.',
  'A list of string values.': 'Une liste de chaînes.',
  'A list of unique string values.': 'Une liste de chaînes, toutes différentes.',
  'A string value in the list.': 'Une chaîne de la liste.',
  'Either a dictionary mapping keys to values, or a list of strings.':
    'Un mapping de clés vers des valeurs, ou une liste de chaînes.',
  'A dictionary mapping keys to values.': 'Un mapping de clés vers des valeurs.',
  'Value for the key, which can be a string, number, boolean, or null.':
    'Valeur de la clé : une chaîne, un nombre, un booléen ou null.',
  "Additional hostnames to be defined in the container's /etc/hosts file.":
    'Noms d’hôte supplémentaires, ajoutés au fichier /etc/hosts du conteneur.',
  'list mapping hostnames to IP addresses.': 'Mapping de noms d’hôte vers des adresses IP.',
  'IP address for the hostname.': 'Adresse IP du nom d’hôte.',
  'List of IP addresses for the hostname.': 'Adresses IP du nom d’hôte.',
  "List of host:IP mappings in the format 'hostname:IP'.": 'Liste de correspondances au format « nom:IP ».',
  "Host:IP mapping in the format 'hostname:IP'.": 'Correspondance au format « nom:IP ».',
  'Block IO limit for a specific device.': 'Limite des entrées-sorties par bloc d’un périphérique.',
  "Path to the device (e.g., '/dev/sda').": 'Chemin du périphérique (par exemple « /dev/sda »).',
  'Rate limit in bytes per second or IO operations per second.':
    'Débit maximal, en octets ou en opérations par seconde.',
  'Block IO weight for a specific device.': 'Poids des entrées-sorties par bloc d’un périphérique.',
  'Relative weight for the device, between 10 and 1000.': 'Poids relatif du périphérique, entre 10 et 1000.',
  'Configuration for service configs or secrets, defining how they are mounted in the container.':
    'Configs ou secrets du service, et la façon dont ils sont montés dans le conteneur.',
  'Name of the config or secret to grant access to.': 'Nom de la config ou du secret auquel donner accès.',
  'Detailed configuration for a config or secret.': 'Réglages détaillés d’une config ou d’un secret.',
  'Name of the config or secret as defined in the top-level configs or secrets section.':
    'Nom de la config ou du secret, tel qu’il est déclaré au premier niveau.',
  'Path in the container where the config or secret will be mounted. Defaults to /<source> for configs and /run/secrets/<source> for secrets.':
    'Chemin où la config ou le secret est monté dans le conteneur. Par défaut : /<source> pour une config, /run/secrets/<source> pour un secret.',
  'UID of the file in the container. Default is 0 (root).':
    'UID du fichier dans le conteneur. Par défaut : 0 (root).',
  'GID of the file in the container. Default is 0 (root).':
    'GID du fichier dans le conteneur. Par défaut : 0 (root).',
  'File permission mode inside the container, in octal. Default is 0444 for configs and 0400 for secrets.':
    'Droits du fichier dans le conteneur, en octal. Par défaut : 0444 pour une config, 0400 pour un secret.',
  'Container ulimit options, controlling resource limits for processes inside the container.':
    'Ulimits du conteneur : les limites de ressources de ses processus.',
  'Single value for both soft and hard limits.':
    'Une seule valeur pour la limite souple et la limite stricte.',
  'Separate soft and hard limits.': 'Limites souple et stricte séparées.',
  'Hard limit for the ulimit type. This is the maximum allowed value.':
    'Limite stricte : la valeur maximale permise.',
  "Soft limit for the ulimit type. This is the value that's actually enforced.":
    'Limite souple : la valeur effectivement appliquée.',
} as const;
