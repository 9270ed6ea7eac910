import type { loading as english } from '../en/loading.ts';

export const loading: Readonly<Record<keyof typeof english, string>> = {
  'not-a-mapping': 'Un fichier Compose est un mapping : services, networks, volumes, …',
  'obsolete-version': '« version » est obsolète et n’a aucun effet. Retirez-le.',
  'remote-file':
    '{name} est un fichier distant. Il n’est pas lu, car rien n’est récupéré sur le réseau à cet endroit.',
  'remote-file.form':
    '{name} n’est pas une adresse que Docker Compose récupère. Écrivez https://HÔTE/DÉPÔT.git#RÉF:CHEMIN, git://…, ssh://…, git@HÔTE:DÉPÔT, ou oci://REGISTRE/NOM:TAG.',
  'remote-file.not-fetched':
    '{name} n’a pas encore été récupéré. Récupérez-le, ou démarrez le projet une fois.',
  'remote-file.no-file': '{name} ne contient aucun fichier Compose à l’emplacement {inside}.',
  'remote-file.off': '{name} n’est pas récupéré, car le paramètre « composure.remote » ne le permet pas.',
  'remote-file.declined': '{name} n’a pas été récupéré, car sa configuration n’a pas été acceptée.',
  'remote-file.failed': '{name} ne peut pas être récupéré : {reason}',
  'remote-file.disabled': '{name} n’est pas récupéré, à cause de la variable {variable}.',
  'remote-file.no-git': 'Git n’est pas installé',
  'remote-file.no-ref': 'le dépôt n’a ni branche ni tag {ref}',
  'remote-file.no-artifact': 'ce n’est pas une application Compose publiée',
  'remote-file.bad-artifact': 'l’artefact nomme des fichiers hors de son dossier',
  'remote-file-stale':
    '{name} ne peut pas être interrogé : {reason}. Sa version {version}, du {date}, est utilisée.',
  'extends-not-found.services': 'Il n’y a dans {file} aucun service à étendre.',
  'invalid-type.ports': 'Ceci doit être une liste de ports.',
  'invalid-type.port': 'Ceci doit être un port, HÔTE:CONTENEUR, ou un mapping.',
  'invalid-port.zero': 'Un conteneur n’a pas de port 0.',
  'invalid-type.source-target': 'Ceci doit être SOURCE:CIBLE, ou un mapping.',
  'invalid-device':
    '« {text} » a trop de parties pour un périphérique. Écrivez un mapping avec source, target et permissions.',
  'invalid-value.assignment': '« {text} » doit avoir la forme NOM=valeur.',
  'invalid-ssh-key':
    'La clé SSH « {text} » a besoin d’un chemin : {text}=chemin. Seul « default » désigne la clé de l’agent.',
  'external-name-deprecated':
    '`external.name` est obsolète. Écrivez plutôt `name` à côté de `external: true`.',
  'external-name-conflict': '`name` et `external.name` diffèrent. Gardez seulement `name`.',
  'external-name-conflict.other': 'L’autre nom',
  'outside-workspace':
    '{path} est hors de l’espace de travail, qui n’est pas approuvé : il n’est donc pas lu.',
  'broken-file': 'Docker Compose refuse le projet à cause d’une erreur dans {file} : {reason}',
  'file-not-found': 'Le fichier {path} n’existe pas.',
  'file-not-found.env-file': 'Le fichier d’environnement {path} n’existe pas.',
  'file-unreadable': '{path} ne peut pas être lu : {reason}.',
  'file-unreadable.directory': 'c’est un dossier',
  'file-unreadable.pipe': 'c’est un tube. Mettez un fichier ordinaire à sa place',
  'file-unreadable.socket': 'c’est un socket. Mettez un fichier ordinaire à sa place',
  'file-unreadable.device': 'c’est un périphérique. Mettez un fichier ordinaire à sa place',
  'file-unreadable.no-file':
    'c’est un tube, un socket ou un périphérique. Mettez un fichier ordinaire à sa place',
  'file-unreadable.permission': 'l’autorisation manque',
  'file-unreadable.link-circle': 'ses liens symboliques tournent en rond',
  'file-unreadable.no-answer': 'le disque sur lequel il se trouve ne répond pas',
  'file-too-large':
    '{path} dépasse {limit} Mo : il n’est donc pas lu. Vérifiez que c’est bien le fichier voulu.',
  'wrong-encoding':
    '{path} n’est pas en UTF-8 : {wrong}, ligne {line}, colonne {column}, ne représente aucun caractère. Enregistrez le fichier en UTF-8.',
  'wrong-encoding.in-utf-16':
    '{path} n’est pas entièrement en UTF-16 : {wrong}, ligne {line}, colonne {column}, ne représente aucun caractère. Enregistrez le fichier en UTF-8.',
  'wrong-encoding.utf-16':
    '{path} est en UTF-16, que Docker Compose ne lit que dans les fichiers Compose. Enregistrez-le en UTF-8.',
  'lossy-encoding':
    '{path} n’est pas en UTF-8 : {wrong}, ligne {line}, colonne {column}, arrive dans le conteneur sous la forme « \uFFFD ». Enregistrez le fichier en UTF-8.',
  'no-compose-file': 'Il n’y a pas de fichier Compose dans {directory} ni au-dessus. Créez compose.yaml.',
  'environment-setting.disable-env-file':
    'COMPOSE_DISABLE_ENV_FILE doit être true ou false, pas « {setting} ».',
  'extends-invalid': 'Ceci doit être le nom d’un service, ou un mapping avec « service ».',
  'extends-too-deep': 'Plus de {most} services s’étendent ici l’un l’autre à la chaîne.',
  'extends-cycle': 'Ces services s’étendent l’un l’autre en boucle : {circle}.',
  'include-invalid': '« include » est une liste de chemins, ou de mappings avec « path ».',
  'include-invalid.path': 'Un include a besoin de « path ».',
  'too-many-includes': 'Plus de {most} fichiers sont inclus en tout. Les autres ne sont pas lus.',
  'include-conflict':
    '« {name} » est aussi dans un fichier inclus : Docker Compose jusqu’à 2.40 le refuse, les versions suivantes fusionnent les deux.',
  'include-conflict.twice':
    'Un autre fichier inclus a aussi « {name} » : Docker Compose jusqu’à 2.40 le refuse, les versions suivantes fusionnent les deux.',
  'include-conflict.other': 'L’autre',
  'include-cycle': 'Ces fichiers s’incluent l’un l’autre en boucle : {circle}.',
  'no-such-service': 'Il n’y a pas de service {name}. S’il a un profil, celui-ci n’est pas actif.',
  'empty-file': 'Le fichier Compose est vide. Déclarez au moins un service.',
  'project-name.missing':
    'Le projet n’a pas de nom, et aucun ne peut être tiré du nom du dossier. Ajoutez « name » au fichier.',
  'project-name':
    '« {text} » n’est pas un nom de projet : utilisez seulement des minuscules, des chiffres, « - » et « _ », et commencez par une lettre ou un chiffre.',
  'invalid-type.address-pools': 'Les plages d’adresses d’un réseau sont une liste.',
  'too-many-items': 'Après la fusion, cette liste a plus de {most} éléments.',
  'cannot-override':
    'Ceci est {value}, mais remplacerait {earlier}. Écrivez-le sous la même forme, ou remplacez la valeur précédente avec !override.',
  'cannot-override.earlier': 'La valeur qui serait remplacée',
  'invalid-volume.source': 'Un montage de type bind a besoin d’une `source` : le chemin sur l’hôte.',
  'list-entry-invalid.name': 'Ceci doit être un texte, comme NOM ou NOM=valeur.',
  'list-entry-invalid.mount': 'Un montage a besoin de `target` : le chemin dans le conteneur.',
  'list-entry-invalid.device': 'Un périphérique a besoin de `target` : son chemin dans le conteneur.',
  'list-entry-invalid.port': 'Ceci doit être un numéro de port ou une plage de ports.',
  'list-entry-invalid.file': 'Ceci doit être un nom, ou un mapping avec `source`.',
  'list-entry-invalid.port-target': 'Un port a besoin de `target` : le port dans le conteneur.',
  'list-entry-invalid.env-file': 'Un fichier d’environnement a besoin de `path`.',
  'extends-not-found': 'Il n’y a pas de service « {name} » à étendre.',
  'extends-not-found.in-file': 'Il n’y a pas de service « {name} » à étendre dans {file}.',
  'extends-cycle.step': '{service} dans {file}',
  'several-compose-files': '{used} est utilisé ; {names}, à côté, sont ignorés.',
  'several-compose-files.one': '{used} est utilisé ; {names}, à côté, est ignoré.',
  'env-file.name-missing': 'Il manque un nom de variable avant « = ».',
  'env-file.space-in-name': 'Le nom « {name} » contient une espace.',
  'env-file.format':
    '« {format} » n’est pas un format de fichier d’environnement. Écrivez « raw », ou n’indiquez rien.',
  'env-file.template':
    'La valeur de « {name} » n’est pas un modèle valide. Pour un signe dollar, écrivez « $$ ».',
  'env-file.export-name': 'Il manque un nom après « export ».',
  'env-file.character': 'Un nom de variable ne peut pas contenir le caractère {character}.',
  'env-file.not-closed': 'La valeur n’est pas fermée : il manque {quote}.',
};
