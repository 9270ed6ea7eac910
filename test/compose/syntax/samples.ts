/** Valid files of all styles: what the property tests start from. */
export const SAMPLES: readonly string[] = [
  `name: shop
x-common: &common
  restart: unless-stopped
  logging: {driver: json-file, options: {max-size: "10m"}}
services:
  web:
    <<: *common
    image: "nginx:1.29"   # pinned
    ports: ["80:80", {target: 443, published: '8443'}]
    environment:
      GREETING: it's "fine"
      QUOTED: 'it''s'
      ESCAPED: "tab\\tand \\"quotes\\""
      EMPTY:
      NUMBER: 0x1F
    command: >-
      sh -c
        "echo hi"
    depends_on:
    - db
    - cache

  db:
    image: postgres:16
    healthcheck:
      test: [ CMD-SHELL, "pg_isready -U \${USER:-app}" ]
      interval: 5s
volumes:
  data: {}
  other: !reset null
`,
  'services:\r\n  web:\r\n    image: nginx\r\n    command: |\r\n      a\r\n\r\n      b\r\nvolumes:\r\n  d:\r\n',
  '--- # first\nservices: {a: {image: x}}\n---\nservices:\n  a:\n    ports: !override\n      - "80:80"\n...\n',
  '{"services": {"a": {"image": "x", "ports": [80, 81,]}}}\n',
  'services:\n  é:\n    image: "😀"\n    labels:\n    - a=b\n    -   c=d\n    - \n    - multi line\n      text\n',
  '? explicit\n: value\n? |\n  odd\n: x\na: [b: c, ? d : e, "f": g]\n',
  'x: &x {a: 1}\nservices:\n  # c\n  a:\n    image: one\n    command:\n      - a\n      - "b\n        c"\n\n  b:   # d\n    image: two\n    <<: *x\n    labels:\n      k: |+\n        text\n\n  c:\n    image: three\n\nvolumes:\n  v:\n  w: {}\n\n',
];
