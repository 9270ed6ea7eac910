import { type DclintConfig, readDclintConfig } from '#compose/check/dclint/config.ts';
import type { ConfigFiles } from './nearest-config.ts';

export const dclintFiles: ConfigFiles<DclintConfig> = {
  names: ['.dclintrc', '.dclintrc.json', '.dclintrc.yaml', '.dclintrc.yml'],
  programs: ['.dclintrc.js', '.dclintrc.cjs', '.dclintrc.mjs', 'dclint.config.js', 'dclint.config.cjs'],
  read: readDclintConfig,
};
