import type { checks as english } from '../en/checks.ts';

export const checks: Readonly<Record<keyof typeof english, string>> = {
  'no-build-and-image': 'Le service « {name} » a une image et un build. Gardez l’un des deux.',
  'no-quotes-in-volumes': 'Un volume n’a pas besoin de guillemets.',
  'require-project-name-field': 'Le projet n’a pas de nom à lui : ajoutez « name ».',
  'require-quotes-in-ports': 'Mettez le port entre guillemets.',
  'service-container-name-regex':
    '« {text} » ne peut pas être le nom d’un conteneur : utilisez des lettres, des chiffres, « _ », « . » et « - », au moins deux.',
  'service-image-require-explicit-tag': 'Le tag « {tag} » change sans prévenir. Indiquez une version.',
  order: '« {name} » se place avant « {before} ».',
  'untagged-image':
    '« {image} » veut dire « {image}:latest », qui change sans prévenir. Indiquez une version.',
  'untagged-image.latest':
    '« latest » change sans prévenir : deux téléchargements peuvent donner deux versions. Indiquez-en une.',
  'plain-text-secret':
    'Tout le monde peut lire la valeur de {name} dans le fichier. Prenez-la dans un secret, ou dans .env avec ${{name}}.',
  'obsolete-links':
    'Les services d’un même réseau se joignent par leur nom, sans « links ». Utilisez « depends_on » pour l’ordre, et des alias de réseau pour d’autres noms.',
  'port-on-all-interfaces':
    'Le port est ouvert sur toutes les interfaces, et échappe à la plupart des pare-feu. Liez-le à une seule, comme 127.0.0.1.',
  'docker-socket':
    'Qui atteint le socket du moteur est root sur la machine. Ne le donnez qu’à ce qui est digne de confiance.',
  privileged:
    'Un conteneur privilégié peut tout ce que root peut sur la machine. Donnez-lui plutôt les capacités ou les périphériques dont il a besoin.',
  'host-network': 'Le conteneur partage le réseau de la machine : rien ne le sépare des services qui y sont.',
  'unquoted-port':
    'YAML 1.1 lit {value} comme un nombre en base 60. Mettez le port entre guillemets : tous les outils liront alors la même chose.',
  'unquoted-boolean':
    '« {value} » est du texte pour Docker Compose et un booléen pour YAML 1.1. Mettez-le entre guillemets pour dire que « {key} » est du texte.',
  'changed-value':
    'YAML lit « {value} » comme un nombre ou un booléen, et « {key} » devient « {arrives} ». Mettez-le entre guillemets pour le garder tel quel.',
  'unquoted-date':
    'YAML lit « {value} » comme une date : Docker Compose jusqu’à 2.40 la refuse, les versions suivantes font de « {key} » « {arrives} ». Mettez-la entre guillemets.',
  'newer-attribute':
    'Docker Compose jusqu’à {version} refuse « {name} ». Ne l’employez que là où tout le monde a une version plus récente.',
  'decimal-mode':
    '{mode} est ici un nombre décimal : le mode devient 0{meant}. Écrivez {octal} pour ce que chmod appelle {mode}.',
  'repeated-mount':
    'Quelque chose est déjà monté sur {target}, plus haut. Docker Compose prend celui-ci et oublie l’autre.',
  'repeated-mount.first': 'Monté ici d’abord',
  'invalid-image.capitals':
    '« {text} » n’est pas une image : les noms n’ont pas de majuscules. Écrivez « {lower} ».',
  'invalid-image':
    '« {text} » n’est pas une image. Écrivez un nom, avec un tag derrière un deux-points : « postgres:17 ».',
  'invalid-subnet':
    '« {text} » n’est pas un sous-réseau. Écrivez une adresse avec un nombre de bits, comme 172.28.0.0/16.',
  'invalid-address': '« {text} » n’est pas une adresse IP.',
  'too-few-ports':
    '« {service} » doit avoir {wanted} conteneurs, mais seuls {room} peuvent avoir un port de l’hôte parmi {published}. Publiez une plage, ou n’indiquez pas de port de l’hôte.',
  'too-few-ports.replicas': '{wanted} conteneurs sont demandés ici',
  'too-few-ports.port': 'Le port {published} de l’hôte est publié ici',
  'unchecked-dependency':
    '« {dependency} » n’a pas de contrôle de santé dans les fichiers. À moins que son image n’en ait un, « {name} » ne peut pas démarrer.',
  'unchecked-dependency.image':
    '« {dependency} » n’a pas de contrôle de santé, et son image {image} non plus : « {name} » ne peut pas démarrer. Ajoutez un « healthcheck » à « {dependency} ».',
  'duplicate-port.other': '« {service} » le prend ici',
  'profile-dependency':
    '« {dependency} » n’est là qu’avec le profil {profiles}, et « {name} » ne peut pas démarrer sans lui. Donnez aussi le profil à « {name} », ou mettez « required: false ».',
  'never-healthy':
    'Le contrôle de santé de « {dependency} » est désactivé : il ne devient donc jamais sain, et « {name} » ne démarre jamais.',
  'ignored-by-swarm.address':
    'Swarm publie sur toutes les adresses de ses nœuds : celle-ci est laissée de côté, et le port est ouvert à tous.',
  'unused-anchor': 'Rien ne renvoie à l’ancre « {name} ».',
  'no-healthcheck':
    'Rien ne dit quand il est sain : ajoutez un « healthcheck », que d’autres pourront attendre.',
  'no-restart-policy':
    'Il reste arrêté après un plantage ou un redémarrage : ajoutez « restart: unless-stopped ».',
  'no-resource-limits':
    'Il peut prendre toute la mémoire et tout le processeur de la machine : définissez « deploy.resources.limits ».',
  'no-user': 'Il tourne sous l’utilisateur de l’image, qui est root le plus souvent : définissez « user ».',
  'writable-root':
    'Ses fichiers peuvent être modifiés de l’intérieur : mettez « read_only: true », et « tmpfs » pour ce qu’il doit écrire.',
  'all-capabilities':
    'Il garde des capacités dont il n’a pas besoin : mettez « cap_drop: [ALL] », et rajoutez celles qu’il lui faut.',
  'unbounded-logs': 'Ses journaux grandissent sans fin : définissez « logging.options.max-size ».',
  'invalid-restart': '« {text} » n’est pas une règle de redémarrage.',
  'unknown-capability': '« {text} » n’est pas une capacité.',
  'unknown-signal': '« {text} » n’est pas un signal.',
  'refused-by-swarm': 'Swarm n’a pas « {name} » : la pile est refusée.',
  'ignored-by-swarm': 'Swarm n’a pas « {name} » : la pile est déployée sans.',
  'swarm.instead': 'Utilisez « {instead} ».',
  'unused-network': 'Aucun service n’utilise le réseau « {name} ».',
  'unused-volume': 'Aucun service n’utilise le volume « {name} ».',
  'unused-secret': 'Aucun service n’utilise le secret « {name} ».',
  'unused-config': 'Aucun service n’utilise la config « {name} ».',
  'unused-model': 'Aucun service n’utilise le modèle « {name} ».',
  'duplicate-port':
    'Le port {port} de la machine est déjà pris par le service « {service} » : un seul des deux peut démarrer.',
  'duplicate-port.same-service':
    'Le port {port} de la machine est déjà pris par ce service : un seul conteneur peut démarrer.',
  'missing-dockerfile': 'Le Dockerfile « {text} » n’existe pas.',
  'missing-dockerfile.in': 'Il n’y a pas de Dockerfile dans « {text} ».',
  'missing-build-context': 'Le dossier « {text} », à partir duquel construire, n’existe pas.',
  'missing-file': 'Le fichier « {text} » n’existe pas.',
};
