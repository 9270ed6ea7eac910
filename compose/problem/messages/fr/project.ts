import type { project as english } from '../en/project.ts';

export const project: Readonly<Record<keyof typeof english, string>> = {
  'external-conflict':
    'Un volume externe est utilisé tel quel : « {key} » ne peut donc pas être défini. Retirez « {key} » ou « external ».',
  'external-conflict.external': 'Déclaré externe',
  'missing-content': 'Il faut l’un de {names}.',
  'exclusive-content': 'Un seul de {names} est possible.',
  'missing-content.unless-external': 'Il faut l’un de {names}, sauf s’il est externe.',
  'blank-path': 'Le chemin à surveiller ne peut pas être vide.',
  'exclusive-device-request': '« count » et « device_ids » ne vont pas ensemble. Retirez l’un des deux.',
  'exclusive-device-request.ids': 'Les identifiants',
  'no-image-or-build': 'Le service « {name} » n’a ni image ni build. Ajoutez l’un des deux.',
  'exclusive-dockerfile':
    '« dockerfile » et « dockerfile_inline » ne vont pas ensemble. Retirez l’un des deux.',
  'undefined-context-service':
    'Il n’y a pas de service « {service} » d’où prendre le contexte supplémentaire « {context} ».',
  'unbuildable-context-service':
    'Le service « {service} » n’est pas construit : il ne peut donc pas être le contexte supplémentaire « {context} ».',
  'platform-not-built': 'service.build.platforms doit comprendre ici service.platform « {platform} ».',
  'invalid-healthcheck': 'La liste doit commencer par « CMD », « CMD-SHELL » ou « NONE ».',
  'missing-watch-target':
    'L’action « {action} » a besoin de « target » : où vont les fichiers dans le conteneur.',
  'secret-without-content':
    'Le secret « {name} » doit avoir un fichier (« file ») ou une variable (« environment »).',
  'duplicate-container-name': 'Le nom de conteneur « {name} » est déjà celui du service « {owner} ».',
  'dependency-cycle': 'Ces services dépendent les uns des autres en boucle : {circle}.',
  'duplicate-mount': 'Un autre montage a déjà la cible {target}.',
  'duplicate-mount.other': 'L’autre montage',
  'distinct-values':
    '« {old} » et « {current} » diffèrent. Retirez « {old} », ou donnez-leur la même valeur.',
  'negative-scale': 'Le nombre de conteneurs ne peut pas être négatif.',
  'scaled-container-name':
    '{scale} conteneurs ne peuvent pas tous s’appeler « {name} ». Retirez « container_name », ou n’en lancez qu’un.',
  'exclusive-network-mode': '« network_mode » et « networks » ne vont pas ensemble. Retirez l’un des deux.',
  'undefined-network':
    'Le service « {name} » rejoint le réseau « {network} », qui n’est pas déclaré. Ajoutez-le sous « networks ».',
  'undefined-dependency': 'Le service « {name} » dépend de « {dependency} », qui n’existe pas.',
  'disabled-dependency':
    'Le service « {name} » a besoin de « {dependency} », qui est désactivé. Activez-le avec le profil {profiles}, ou mettez « required: false ».',
  'undefined-network-mode-service': 'Il n’y a pas de service « {service} » dont partager le réseau.',
  'undefined-volume':
    'Le service « {service} » utilise le volume « {name} », qui n’est pas déclaré. Ajoutez-le sous « {section} ».',
  'undefined-secret':
    'Le service « {service} » utilise le secret « {name} », qui n’est pas déclaré. Ajoutez-le sous « {section} ».',
  'undefined-config':
    'Le service « {service} » utilise la config « {name} », qui n’est pas déclarée. Ajoutez-la sous « {section} ».',
  'undefined-model':
    'Le service « {service} » utilise le modèle « {name} », qui n’est pas déclaré. Ajoutez-le sous « {section} ».',
};
