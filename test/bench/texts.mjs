// Compose files of a given size, the same at every run.

/** About `lines` lines of services that use what real ones do. */
export function stack(lines) {
  const out = ['name: bench', 'services:'];
  for (let i = 0; out.length < lines - 12; i += 1) {
    out.push(
      `  service${i}:`,
      `    image: registry.example.com/team/app${i}:1.${i}`,
      '    restart: unless-stopped',
      '    environment:',
      `      NAME: service${i}`,
      '      LEVEL: ${LOG_LEVEL:-info}',
      '    ports:',
      `      - "127.0.0.1:${10000 + i}:80"`,
      '    volumes:',
      `      - data:/var/lib/app${i}`,
      '    networks: [back]',
      ...(i === 0 ? [] : ['    depends_on:', `      service${i - 1}:`, '        condition: service_started']),
      '    healthcheck:',
      '      test: ["CMD", "wget", "-q", "--spider", "http://localhost/"]',
      '      interval: 30s',
    );
  }
  out.push('networks:', '  back:', 'volumes:', '  data:');
  return `${out.join('\n')}\n`;
}

/** So many services of ten lines each. */
export function services(count) {
  const out = ['name: bench', 'services:'];
  for (let i = 0; i < count; i += 1) {
    out.push(
      `  service${i}:`,
      `    image: registry.example.com/team/app${i}:1.${i}`,
      '    restart: unless-stopped',
      '    environment:',
      '      LEVEL: ${LOG_LEVEL:-info}',
      '    ports:',
      `      - "127.0.0.1:${10000 + i}:80"`,
      '    networks: [back]',
      `    depends_on: [service${i === 0 ? count - 1 : 0}]`,
      '    volumes: ["data:/var/lib/app"]',
    );
  }
  // The first depends on none, so that there is no circle.
  return `${out.join('\n').replace(`    depends_on: [service${count - 1}]\n`, '    init: true\n')}\nnetworks:\n  back:\nvolumes:\n  data:\n`;
}

/** 1,500 lines with 750 aliases of a shared fragment. */
export function aliases() {
  const out = [
    'x-common: &common',
    '  restart: always',
    '  logging: &logging',
    '    driver: json-file',
    'services:',
  ];
  for (let i = 0; i < 375; i += 1) {
    out.push(`  service${i}:`, '    <<: *common', `    image: app:${i}`, '    logging: *logging');
  }
  return `${out.join('\n')}\n`;
}
