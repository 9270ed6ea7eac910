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
  'experimental-jobs':
    'Docker Compose exécute les jobs à partir de la version 5.6, et selon un calendrier à partir de la 5.8, avec une extension expérimentale de Docker Engine. Les versions antérieures refusent le fichier. Ici, « run » lance un job.',
  'job-name':
    'Le job « {name} » porte le nom d’un service, et « run » accepte les deux. Renommez l’un des deux.',
  'job-triggers': 'Rien ne dit quand le job « {name} » s’exécute. Renseignez « manual » ou « schedule ».',
  'job-triggers.both':
    '« manual: true » et « schedule » s’excluent. Retirez « manual » : un job avec un calendrier peut être lancé à la main de toute façon.',
  'job-never-runs':
    'Le job « {name} » ne s’exécute jamais : « manual » vaut false, et il n’a pas de calendrier.',
  'job-schedule':
    '« {expression} » n’est pas un calendrier. « {field} » doit être fait de nombres de {least} à {most}, comme 1,15 ou 1-5, ou de pas comme */10.',
  'job-schedule.fields':
    '« {expression} » n’est pas un calendrier. Écrivez cinq champs : minute, heure, jour du mois, mois et jour de la semaine.',
  'job-schedule.second': 'Un job ne peut avoir qu’un calendrier. Retirez celui-ci, ou écrivez un autre job.',
  'job-schedule.timezone': '« {zone} » n’est pas un fuseau horaire. Utilisez un nom IANA comme Europe/Paris.',
  'job-dependency':
    'Le service « {name} » dépend du job « {job} », mais un service ne peut dépendre que de services. Écrivez le job comme un service avec un profil, ou comme une étape « pre_start ».',
};
