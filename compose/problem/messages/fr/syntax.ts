import type { syntax as english } from '../en/syntax.ts';

export const syntax: Readonly<Record<keyof typeof english, string>> = {
  'yaml-missing-colon.after-property': 'Après « {property} », il faut une clé et une valeur.',
  'yaml-missing-colon.after-key': 'Il manque un deux-points après cette clé.',
  'yaml-missing-colon.explicit-key': 'Une valeur qui suit « ? clé » commence par « : » sur une ligne à elle.',
  'yaml-bad-indent.key':
    '« {key} » n’est pas aligné sur les autres clés de son mapping. Donnez-lui le même retrait qu’à ses voisines.',
  'yaml-nested-mapping':
    'Une valeur qui contient « : » doit être entre guillemets ; un mapping imbriqué commence à la ligne suivante.',
  'yaml-missing-dash': 'Chaque élément de cette liste commence par « - ». Ajoutez-le, ou changez le retrait.',
  'yaml-non-string-key.empty': 'Il manque un nom avant le deux-points.',
  'yaml-non-string-key':
    'Une clé doit être du texte, et {key} est {type}. Mettez-la entre guillemets : "{key}".',
  'yaml-control-character':
    'Le caractère de contrôle {name} n’est pas permis en YAML. Retirez-le, ou écrivez-le sous forme d’échappement entre guillemets doubles.',
  'yaml-unexpected.after-document':
    'Ceci ne va pas avec ce qui précède. Alignez-le sur les autres clés, ou commencez un nouveau document avec « --- ».',
  'yaml-unexpected.misplaced':
    'Ceci ne va pas avec ce qui précède. Vérifiez le retrait, et les crochets, accolades et guillemets qui se trouvent avant.',
  'yaml-too-large': 'Ce fichier dépasse {most} caractères. Il n’est pas lu.',
  'yaml-too-deep': 'Des valeurs sont imbriquées ici sur plus de {most} niveaux. Le fichier n’est pas lu.',
  'yaml-too-many-nodes.unread':
    'Ce fichier a plus de {most} valeurs, plus que Docker Compose n’en lit. Il n’est pas lu.',
  'yaml-unexpected.lone-comma': 'Rien ne précède cette virgule. Retirez-la.',
  'yaml-missing-comma.items': 'Il manque une virgule entre deux éléments.',
  'yaml-missing-space.flow': 'Il manque une espace après ce deux-points.',
  'yaml-missing-comma.or-colon': 'Il manque ici une virgule ou un deux-points.',
  'yaml-unclosed-bracket': '« {bracket} » n’est jamais fermé. Ajoutez « {expected} ».',
  'yaml-unclosed-bracket.other': 'Il faut ici « {expected} » pour fermer « {bracket} ».',
  'yaml-collection-key':
    'Une clé doit être du texte, pas une liste ni un mapping. Un texte qui commence par { ou [ doit être entre guillemets.',
  'yaml-unexpected.second-anchor': 'Une valeur ne peut avoir qu’une seule ancre.',
  'yaml-unexpected.second-tag': 'Une valeur ne peut avoir qu’un seul tag.',
  'yaml-unexpected.early-property': 'Un tag ou une ancre se place après « {indicator} », avant la valeur.',
  'yaml-unexpected.repeated': 'Un « {indicator} » de trop. Retirez-le, ou mettez le texte entre guillemets.',
  'yaml-unexpected.second-comma': 'Une virgule de trop. Retirez-la.',
  'yaml-unexpected.indicator':
    '« {indicator} » n’est pas possible ici. Retirez-le, ou mettez le texte entre guillemets.',
  'yaml-tab': 'Une tabulation ne peut pas servir de retrait en YAML. Utilisez des espaces.',
  'yaml-unexpected.after-value':
    'Rien ne peut suivre ici sur la même ligne. Mettez toute la valeur entre guillemets, ou passez à la ligne.',
  'yaml-bad-tag': '« {value} » ne peut pas être lu comme {tag}. Changez la valeur ou retirez le tag.',
  'yaml-unclosed-quote': 'Ce guillemet n’est jamais fermé. Ajoutez {quote} à la fin de la valeur.',
  'yaml-bad-character': 'Une valeur ne peut pas commencer par « {character} ». Mettez-la entre guillemets.',
  'yaml-bad-escape':
    '« {escape} » n’est pas un échappement d’un texte entre guillemets doubles. Écrivez \\\\ pour une barre oblique inverse, ou utilisez des guillemets simples.',
  'yaml-bad-indent.text':
    'Cette ligne du texte a moins de retrait que la première. Donnez-lui au moins le même.',
  'yaml-block-scalar':
    'Après | ou >, seul un chiffre, + ou - peut suivre, puis le texte en retrait sur les lignes suivantes.',
  'yaml-missing-colon.line':
    'Une ligne d’un mapping a une clé et un deux-points. Écrivez « {line}: … », ou mettez la ligne en retrait si elle continue la valeur précédente.',
  'yaml-missing-space': 'Il manque une espace après le deux-points de « {key} ».',
  'yaml-too-many-nodes':
    'Ce fichier a plus de {most} valeurs, plus que Docker Compose n’en lit. Répartissez-le avec « include ».',
  'yaml-unexpected.list-after-key':
    'Une liste ne peut pas commencer sur la ligne de sa clé. Commencez-la à la ligne suivante, ou utilisez des [crochets].',
  'yaml-unexpected.value': 'Ce n’est pas possible ici. Mettez la valeur entre guillemets.',
  'yaml-unexpected.alias-property': 'Un alias ne peut avoir ni tag ni ancre à lui.',
  'yaml-unknown-anchor.empty':
    'Un alias a un nom après « * ». Une valeur qui commence par « * » doit être entre guillemets.',
  'yaml-unknown-anchor':
    'Aucune ancre « &{name} » n’est définie plus haut. Définissez-la d’abord, ou mettez la valeur entre guillemets si ce n’est pas un alias.',
  'yaml-alias-cycle': '« *{name} » se trouve dans « &{name} » même, et ne finirait donc jamais. Retirez-le.',
  'yaml-too-deep.alias': '« *{alias} » imbrique des valeurs sur plus de {most} niveaux.',
  'yaml-excessive-aliasing':
    'Des alias d’alias font grandir ce document sans mesure. Docker Compose le refuse : remplacez « *{alias} » par ce qu’il désigne, ou retirez-le.',
  'yaml-merge-value':
    '« << » fusionne des mappings : sa valeur doit être l’alias d’un mapping, ou une liste de tels alias.',
  'duplicate-key': '« {key} » figure deux fois dans ce mapping. Retirez l’un des deux.',
  'duplicate-key.first': '« {key} » figure ici une première fois',
};
