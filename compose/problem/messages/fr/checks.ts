import type { checks as english } from '../en/checks.ts';

export const checks: Readonly<Record<keyof typeof english, string>> = {
  'no-build-and-image': 'Le service « {name} » a une image et un build. Gardez l’un des deux.',
  'no-quotes-in-volumes': 'Un volume n’a pas besoin de guillemets.',
  'require-project-name-field': 'Le projet n’a pas de nom propre. Ajoutez « name ».',
  'require-quotes-in-ports': 'Mettez le port entre guillemets.',
  'service-container-name-regex':
    '« {text} » n’est pas un nom de conteneur valide. Utilisez au moins deux caractères : lettres, chiffres, « _ », « . » et « - ».',
  'service-image-require-explicit-tag': 'Le tag « {tag} » peut changer à tout moment. Indiquez une version.',
  order: '« {name} » doit se placer avant « {before} ».',
  'untagged-image':
    '« {image} » veut dire « {image}:latest », qui peut changer à tout moment. Indiquez une version.',
  'untagged-image.latest':
    '« latest » peut changer à tout moment : deux téléchargements peuvent donner deux versions différentes. Indiquez une version.',
  'plain-text-secret':
    'La valeur de {name} est lisible par quiconque voit le fichier. Prenez-la dans un secret, ou dans .env avec ${{name}}.',
  'obsolete-links':
    'Les services d’un même réseau se joignent par leur nom, sans « links ». Utilisez « depends_on » pour l’ordre, et des alias de réseau pour d’autres noms.',
  'port-on-all-interfaces':
    'Le port est ouvert sur toutes les interfaces et échappe à la plupart des pare-feu. Liez-le à une seule adresse, comme 127.0.0.1.',
  'docker-socket':
    'Accéder au socket du moteur équivaut à un accès root sur l’hôte. Ne le donnez qu’aux conteneurs dignes de confiance.',
  privileged:
    'Un conteneur privilégié a un accès root à l’hôte. Accordez-lui plutôt les seules capacités ou les seuls périphériques dont il a besoin.',
  'host-network':
    'Le conteneur partage le réseau de l’hôte : il n’est donc pas isolé des autres services de l’hôte.',
  'unquoted-port':
    'YAML 1.1 lit {value} comme un nombre en base 60. Mettez le port entre guillemets : tous les outils liront alors la même chose.',
  'unquoted-boolean':
    '« {value} » est du texte pour Docker Compose et un booléen pour YAML 1.1. Mettez-le entre guillemets pour dire que « {key} » est du texte.',
  'changed-value':
    'YAML lit « {value} » comme un nombre ou un booléen, et « {key} » devient « {arrives} ». Mettez-le entre guillemets pour le garder tel quel.',
  'unquoted-date':
    'YAML lit « {value} » comme une date : Docker Compose jusqu’à 2.40 la refuse, les versions suivantes font de « {key} » « {arrives} ». Mettez-la entre guillemets.',
  'newer-attribute':
    'Docker Compose jusqu’à {version} refuse « {name} ». Ne l’employez que là où tout le monde a une version plus récente.',
  'decimal-mode':
    '{mode} est ici un nombre décimal : le mode devient 0{meant}. Écrivez {octal} pour ce que chmod appelle {mode}.',
  'duplicate-variable':
    '« {name} » est définie de nouveau plus bas, et c’est la dernière valeur qui compte. Retirez celle-ci.',
  'duplicate-variable.last': 'C’est cette « {name} » qui compte',
  'missing-variable':
    'Le projet utilise {names}, mais rien ne les définit : elles sont donc vides. Ajoutez-les.',
  'missing-variable.one':
    'Le projet utilise {names}, mais rien ne la définit : elle est donc vide. Ajoutez-la.',
  'overridden-variable':
    'Cette valeur ne sert pas, car l’environnement définit aussi « {name} ». Pour l’utiliser, retirez « {name} » de l’environnement.',
  'unused-variable': '« {name} » n’est pas utilisée dans {files}.',
  'repeated-mount':
    'Un autre montage, plus haut, a déjà la cible {target}. Docker Compose utilise celui-ci et ignore l’autre.',
  'repeated-mount.first': 'Première fois monté ici',
  'invalid-image.capitals':
    '« {text} » n’est pas un nom d’image valide, car il contient des majuscules. Écrivez « {lower} ».',
  'invalid-image':
    '« {text} » n’est pas un nom d’image valide. Écrivez un nom et un tag séparés par un deux-points : « postgres:17 ».',
  'invalid-subnet':
    '« {text} » n’est pas un sous-réseau valide. Écrivez une adresse avec une longueur de préfixe, comme 172.28.0.0/16.',
  'invalid-address': '« {text} » n’est pas une adresse IP valide.',
  'too-few-ports':
    '« {service} » a besoin de {wanted} conteneurs, mais {room} seulement peuvent utiliser un port de l’hôte parmi {published}. Publiez une plage de ports, ou omettez le port de l’hôte.',
  'too-few-ports.replicas': '{wanted} conteneurs sont demandés ici',
  'too-few-ports.port': 'Le port {published} de l’hôte est publié ici',
  'no-model-runner':
    '« {name} » ne peut pas démarrer : il utilise des modèles et Docker Model Runner est absent. Installez le plug-in docker-model de la CLI Docker, ou définissez MODEL_RUNNER_HOST.',
  'unchecked-dependency':
    '« {dependency} » n’a pas de contrôle de santé dans les fichiers. À moins que son image n’en ait un, « {name} » ne peut pas démarrer. Ajoutez un « healthcheck » à « {dependency} ».',
  'unchecked-dependency.image':
    '« {name} » ne peut pas démarrer, car ni « {dependency} » ni son image {image} n’a de contrôle de santé. Ajoutez un « healthcheck » à « {dependency} ».',
  'duplicate-port.other': '« {service} » l’utilise ici',
  'profile-dependency':
    '« {name} » ne peut pas démarrer sans « {dependency} », qui ne tourne qu’avec le profil {profiles}. Donnez le même profil à « {name} », ou mettez « required: false ».',
  'never-healthy':
    'Le contrôle de santé de « {dependency} » est désactivé : il ne devient donc jamais sain, et « {name} » ne démarre jamais. Activez le contrôle de santé, ou retirez la condition.',
  'ignored-by-swarm.address':
    'Swarm publie les ports sur toutes les adresses de ses nœuds. L’adresse est ignorée, et le port est ouvert à tous.',
  'unused-anchor': 'L’ancre « {name} » n’est pas utilisée.',
  'no-healthcheck':
    'Le service n’a pas de contrôle de santé. Ajoutez un « healthcheck » que d’autres services pourront attendre.',
  'no-restart-policy':
    'Le service reste arrêté après un plantage ou un redémarrage de la machine. Ajoutez « restart: unless-stopped ».',
  'no-resource-limits':
    'Le service peut utiliser toute la mémoire et tout le processeur de l’hôte. Définissez « deploy.resources.limits ».',
  'no-user':
    'Le service tourne sous l’utilisateur par défaut de l’image, root le plus souvent. Définissez « user ».',
  'writable-root':
    'Le conteneur peut modifier son propre système de fichiers racine. Mettez « read_only: true », et « tmpfs » pour les chemins où il doit écrire.',
  'all-capabilities':
    'Le service garde des capacités dont il n’a peut-être pas besoin. Mettez « cap_drop: [ALL] », et rajoutez celles qu’il lui faut.',
  'unbounded-logs':
    'Les journaux du service grandissent sans limite. Définissez « logging.options.max-size ».',
  'invalid-restart': '« {text} » n’est pas une politique de redémarrage valide.',
  'unknown-capability': '« {text} » n’est pas une capacité valide.',
  'unknown-signal': '« {text} » n’est pas un signal valide.',
  'newer-image': 'Le registre a une version plus récente : {tag} → {newer}.',
  'older-image':
    'Le moteur a une image {image} plus ancienne que celle du registre. Pour la télécharger et voir ce qui change : « Télécharger les images plus récentes et planifier ».',
  'refused-by-version': 'Docker Compose {target} refuse « {name} », nouveau dans la version {since}.',
  'ignored-by-version': 'Docker Compose {target} ignore « {name} », qui prend effet dans la version {since}.',
  'ignored-by-version.never': 'Docker Compose {target} ignore « {name} ». Seul Swarm l’utilise.',
  'refused-by-swarm': 'Swarm ne prend pas en charge « {name} » et refuse la stack.',
  'ignored-by-swarm': 'Swarm ne prend pas en charge « {name} » et déploie la stack sans.',
  'swarm.instead': 'Utilisez « {instead} ».',
  'unused-network': 'Aucun service n’utilise le réseau « {name} ».',
  'unused-volume': 'Aucun service n’utilise le volume « {name} ».',
  'unused-secret': 'Aucun service n’utilise le secret « {name} ».',
  'unused-config': 'Aucun service n’utilise la config « {name} ».',
  'unused-model': 'Aucun service n’utilise le modèle « {name} ».',
  'duplicate-port':
    'Le port {port} de l’hôte est déjà utilisé par le service « {service} ». Un seul des deux peut démarrer.',
  'duplicate-port.same-service':
    'Le port {port} de l’hôte est déjà utilisé par ce service. Un seul conteneur peut démarrer.',
  'missing-dockerfile': 'Le Dockerfile « {text} » n’existe pas.',
  'missing-dockerfile.in': 'Il n’y a pas de Dockerfile dans « {text} ».',
  'missing-build-context': 'Le contexte de construction « {text} » n’existe pas.',
  'missing-file': 'Le fichier « {text} » n’existe pas.',
};
