import type { dockerRun as english } from '../en/docker-run.ts';

export const dockerRun: Readonly<Record<keyof typeof english, string>> = {
  'docker-run.command': 'Non converti : {text}',
  'docker-run.no-image': 'La commande n’indique pas d’image. Ajoutez « image ».',
  'docker-run.shell-output': 'Le shell insère la sortie de {written}. Écrivez cette sortie, ou une variable.',
  'docker-run.unknown-option': '« {option} » n’est pas une option de docker run connue ici.',
  'docker-run.network-mode': '« network_mode » et « networks » ne vont pas ensemble. Gardez l’un des deux.',
  'docker-run.network-option': '« --{name} » du réseau n’a pas d’équivalent dans un fichier Compose.',
  'docker-run.no-container':
    'Non converti : docker network connect {network} {container}, car ce conteneur n’existe pas.',
  'docker-run.mount-option': '« {name} » de --mount n’a pas d’équivalent dans un fichier Compose.',
  'docker-run.cidfile': 'Compose n’écrit pas de fichier avec l’identifiant du conteneur.',
  'docker-run.memory-nodes':
    'Les nœuds de mémoire de --cpuset-mems ne peuvent pas être choisis dans un fichier Compose.',
  'docker-run.windows-drive':
    'Les limites du disque système de Windows ne peuvent pas être définies dans un fichier Compose.',
  'docker-run.kernel-memory': 'Docker Engine ne prend plus en charge la limite de mémoire du noyau.',
  'docker-run.publish-all':
    '--publish-all n’a pas d’équivalent : énumérez les ports de l’image sous « ports ».',
  'docker-run.volume-driver':
    'Le pilote de --volume-driver revient aux volumes : définissez « driver » sous « volumes ».',
  'docker-run.network': '--network {network} ne nomme pas de réseau.',
  'docker-run.was': 'Valeur : {value}.',
  'docker-run.new-volumes':
    'Compose crée ses propres volumes. Pour continuer avec un volume qui existe, donnez-lui « external: true ».',
};
