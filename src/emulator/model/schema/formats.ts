const twoDigits = (n: number): string => String(n % 100).padStart(2, '0');
const hex = (n: number): string => n.toString(16).padStart(12, '0').slice(-12);

/** A value of each format; another number gives another value. */
const FORMATS: Readonly<Record<string, (n: number) => string>> = {
  date: (n) => `2026-06-${twoDigits(1 + (n % 28))}`,
  'date-time': (n) => `2026-06-01T12:00:${twoDigits(n % 60)}Z`,
  time: (n) => `12:00:${twoDigits(n % 60)}Z`,
  duration: (n) => `PT${1 + n}H`,
  email: (n) => `ada${n === 0 ? '' : n}@example.com`,
  'idn-email': (n) => `ada${n === 0 ? '' : n}@example.com`,
  hostname: (n) => (n === 0 ? 'example.com' : `host${n}.example.com`),
  'idn-hostname': (n) => (n === 0 ? 'example.com' : `host${n}.example.com`),
  uri: (n) => `https://example.com/${n === 0 ? '' : n}`,
  'uri-reference': (n) => `/${n}`,
  'uri-template': (n) => `https://example.com/${n}/{id}`,
  iri: (n) => `https://example.com/${n === 0 ? '' : n}`,
  'iri-reference': (n) => `/${n}`,
  url: (n) => `https://example.com/${n === 0 ? '' : n}`,
  uuid: (n) => `0b7f3a52-6c1d-4e0f-9a2b-${hex(0x3c4d5e6f7a8b + n)}`,
  ipv4: (n) => `192.0.2.${1 + (n % 254)}`,
  ipv6: (n) => `2001:db8::${(1 + n).toString(16)}`,
  'json-pointer': (n) => `/${n}`,
  'relative-json-pointer': (n) => `${n}`,
  regex: (n) => `^.{${n}}`,
  byte: (n) => btoa(String(n)),
};

/** A text in a format that JSON Schema names, if this is one. */
export const inFormat = (format: string, n: number): string | undefined => FORMATS[format]?.(n);
