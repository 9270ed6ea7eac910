import type { values as english } from '../en/values.ts';

export const values: Readonly<Record<keyof typeof english, string>> = {
  'trailing-space': 'La variable « {key} » finit par une espace. Retirez l’espace avant « = ».',
  'invalid-host': '« {host} » n’est pas un nom d’hôte.',
  'invalid-size':
    '« {text} » n’est pas une taille. Écrivez un nombre d’octets, ou un nombre avec une unité : 512m, 1.5gb.',
  'invalid-duration': '« {text} » n’est pas une durée. Écrivez-la avec des unités : 1m30s, 500ms.',
  'invalid-value.file-mode': 'Un mode de fichier est un nombre octal, comme 0440.',
  'invalid-value.device-count': 'Le nombre de périphériques est un nombre, ou « all ».',
  'invalid-command':
    'Cette ligne de commande ne peut pas être découpée en mots. {reason} Ou écrivez les mots sous forme de liste.',
  'invalid-type': 'Ceci doit être {expected}.',
  'unset-variable': 'La variable « {name} » n’est pas définie : elle est donc vide.',
  'invalid-cast': '« {text} » n’est pas possible ici : il faut {expected}.',
  'legacy-boolean': '« {text} » n’est pas un booléen de YAML 1.2. Écrivez {value}.',
  'required-variable': 'La variable « {name} » est obligatoire et n’a pas de valeur.',
  'required-variable.reason': 'La variable « {name} » est obligatoire et n’a pas de valeur : {reason}',
  'invalid-reference.empty': 'Écrivez le nom d’une image, comme postgres:17.',
  'invalid-reference.id': '« {text} » est l’identifiant d’une image, pas un nom.',
  'invalid-reference.host': '« {host} » n’est pas l’hôte d’un registre.',
  'invalid-reference.capitals': '« {name} » a des majuscules. Écrivez « {lower} ».',
  'invalid-reference':
    '« {name} » n’est pas le nom d’une image. Les noms ont des minuscules et des chiffres, avec « . », « _ », « - » et « / » entre eux.',
  'invalid-reference.long': 'Le nom d’une image a au plus {most} caractères.',
  'invalid-reference.tag':
    '« {tag} » n’est pas un tag. Les tags ont des lettres, des chiffres, « _ », « . » et « - », 128 au plus.',
  'invalid-reference.digest':
    '« {digest} » n’est pas un digest valide. Écrivez sha256: et 64 chiffres hexadécimaux.',
  'invalid-host.no-address': '« {text} » n’a pas d’adresse. Écrivez HÔTE=IP.',
  'invalid-port.no-container-port': 'Il manque le port dans le conteneur. Écrivez HÔTE:CONTENEUR.',
  'invalid-port.protocol': '« {protocol} » n’est pas un protocole. Écrivez tcp, udp ou sctp.',
  'invalid-port.ranges': 'Les plages {host} et {container} n’ont pas la même longueur.',
  'invalid-port': '« {text} » n’est ni un port de 0 à 65535, ni une plage comme 8000-8010.',
  'invalid-command.backslash': 'Rien ne suit la dernière barre oblique inverse.',
  'invalid-command.open': '« ( » doit être entre guillemets.',
  'invalid-command.close': '« ) » doit être entre guillemets.',
  'invalid-command.not-closed': 'Ce {opener} n’est pas fermé.',
  'invalid-volume.empty': 'C’est vide. Écrivez SOURCE:CIBLE.',
  'invalid-volume.missing': 'Il manque quelque chose entre les deux-points. Écrivez SOURCE:CIBLE:OPTIONS.',
  'invalid-volume.colons': 'Il y a trop de deux-points. Écrivez SOURCE:CIBLE:OPTIONS, ou un mapping.',
  'invalid-port.brackets': '« {text} » n’est pas ici une adresse IP. Mettez-la entre crochets : [{text}].',
  'invalid-ip-address': '« {text} » n’est pas une adresse IP.',
  'invalid-interpolation.too-long': 'Avec les valeurs de ses variables, ceci dépasse 1 000 000 caractères.',
  'invalid-interpolation.not-a-name':
    'Après « ${ », il faut le nom d’une variable : lettres, chiffres et « _ », sans chiffre au début.',
  'invalid-interpolation.not-closed': 'Ce « ${ » n’est pas fermé : il manque un « } » sur la ligne.',
  'invalid-interpolation.unknown-operator':
    'Après le nom d’une variable vient « } », ou l’un de « :- », « - », « :+ », « + », « :? », « ? ».',
  'invalid-interpolation.too-deep': 'Des variables sont imbriquées ici trop profondément.',
  'invalid-interpolation.dollar': 'Pour un signe dollar, écrivez « $$ ».',
};
