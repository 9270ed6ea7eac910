import type { schema as english } from '../en/schema.ts';

export const schema: Readonly<Record<keyof typeof english, string>> = {
  'schema-range.low': '{what} doit être au moins {minimum}, et vaut {value}.',
  'schema-range.high': '{what} doit être au plus {maximum}, et vaut {value}.',
  'schema-unique': '« {value} » est déjà dans cette liste. Retirez l’un des deux.',
  'schema-unique.item': 'Le même élément est déjà dans cette liste. Retirez l’un des deux.',
  'schema-unique.first': 'Figure ici une première fois',
  'schema-required': 'Il manque {names} dans {place}.',
  'schema-required.several': 'Il manque {names} dans {place}.',
  'schema-unknown-property': '« {name} » n’est pas une clé connue dans {place}.',
  'schema-unknown-property.of-service':
    'C’est un attribut de service. Déplacez-le dans un service, sous « services: ».',
  'schema-unknown-property.characters':
    'Utilisez seulement des lettres, des chiffres, « . », « _ » et « - ».',
  'schema-unknown-property.possible': 'Clés possibles ici : {names}.',
  'schema-unknown-property.remove':
    'Retirez-le, ou faites commencer son nom par « x- » pour le garder à l’usage d’autres outils.',
  'schema-type': '{what} doit être {wanted}, mais est {value}.',
  'schema-type.empty': '{what} doit être {wanted}, mais n’a pas de valeur.',
  'schema-type.space': 'Mettez une espace après le deux-points.',
  'schema-type.quote': 'Mettez la valeur entre guillemets.',
  'schema-enum': '« {value} » n’est pas possible. {what} doit être {values}.',
  'schema-pattern': '« {value} » n’est pas possible. {what} doit correspondre à {pattern}.',
  'schema-pattern.values': '« {value} » n’est pas possible. {what} doit être {values}.',
  'value.file': 'Un fichier Compose',
  'value.this': 'Ceci',
  'value.item': 'Chaque élément de « {list} »',
  'place.file': 'un fichier Compose',
  'place.this-item': 'cet élément',
  'place.item': 'un élément de « {list} »',
  'place.service': 'le service « {name} »',
};
