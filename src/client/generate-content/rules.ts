import { isRecord } from '../../internal/is-record.js';

export type Members = Readonly<Record<string, unknown>>;

/** A member of a request that has no equivalent, or not quite the same one. */
export interface UnsupportedMember {
  /** Where it stands: member names and list places, like `config.tools[0].googleSearch.excludeDomains`. */
  readonly path: string;
  /** Why it is left out, or what is done instead. */
  readonly reason: string;
}

/** What a request is converted to, while it is read. */
export interface Draft {
  readonly request: Record<string, unknown>;
  readonly generation: Record<string, unknown>;
  /** What is asked for, gathered from several members. */
  readonly output: {
    isJson?: boolean;
    schema?: Members;
    modalities?: readonly string[];
    image?: Members;
    formats?: readonly Members[];
    /** Where a modality is described, or all of them are named, apart from `formats`. */
    readonly said: { readonly of: 'text' | 'image' | 'all'; readonly path: string }[];
  };
  /** Where the user is, for maps; and where that is said. */
  place?: { readonly at: Members; readonly path: string };
  readonly isEnterprise: boolean;
  readonly note: (path: string, reason: string) => void;
}

/** What becomes of a member: something of the draft; or nothing, and this is why. */
export type Rule = string | ((value: unknown, path: string, draft: Draft) => void);
export type Rules = Readonly<Record<string, Rule>>;

export const UNKNOWN = 'not known to this version';

/** REST takes both spellings of its members, and the samples of the API use both. */
export const camelCased = (key: string): string =>
  key.replace(/_([a-z\d])/g, (_, letter: string) => letter.toUpperCase());

export const snakeCased = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** An object with its own members, not those in them, in camelCase; without those that are not there. */
export const membersOf = (value: unknown): Members =>
  isRecord(value)
    ? Object.fromEntries(
        Object.entries(value)
          .filter(([, member]) => member !== undefined && member !== null)
          .map(([key, member]) => [camelCased(key), member]),
      )
    : {};

/** Reads an object by rules, member by member; what there is no rule for is noted. */
export const applyRules = (value: unknown, path: string, rules: Rules, draft: Draft): void => {
  if (!isRecord(value)) {
    draft.note(path, 'not an object');
    return;
  }
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined || member === null) continue;
    const at = path === '' ? key : `${path}.${key}`;
    const name = camelCased(key);
    const rule = Object.hasOwn(rules, name) ? (rules[name] ?? UNKNOWN) : UNKNOWN;
    if (typeof rule === 'string') draft.note(at, rule);
    else rule(member, at, draft);
  }
};

/** Notes every member of an object but those that are read. */
export const noteOthers = (value: unknown, path: string, read: readonly string[], draft: Draft, reason: string): void =>
  Object.entries(isRecord(value) ? value : {}).forEach(([key, member]) => {
    if (member !== undefined && member !== null && !read.includes(camelCased(key)))
      draft.note(`${path}.${key}`, reason);
  });

/** The items of a list, each with its path. */
export const itemsOf = (value: unknown, path: string): readonly (readonly [item: unknown, path: string])[] =>
  Array.isArray(value) ? value.map((item: unknown, at) => [item, `${path}[${String(at)}]`] as const) : [[value, path]];

/**
 * An enum value in lower case, and without the name of its type in front. What says nothing (`…_UNSPECIFIED`) is `undefined`;
 * what is no text is left to the server.
 */
export const enumOf = (value: unknown, prefix = ''): unknown => {
  if (typeof value !== 'string') return value;
  return /unspecified$/i.test(value) ? undefined : value.toLowerCase().replace(new RegExp(`^${prefix}`), '');
};
