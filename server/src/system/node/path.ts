import path from 'node:path';

export const { basename, dirname, join, relative, resolve } = path;
