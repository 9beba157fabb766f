import type { Diagnostic } from '../protocol/index.js';

/** An environment variable, trimmed; empty means unset (wire-format 1.5). Nothing where there is no environment. */
export const environment = (name: string): string | undefined => {
  const { process } = globalThis as {
    readonly process?: { readonly env?: Readonly<Record<string, string | undefined>> };
  };
  return presence(process?.env?.[name]);
};

/** A text, trimmed; `undefined` where nothing is left. */
export const presence = (text: string | null | undefined): string | undefined => {
  const trimmed = text?.trim();
  return trimmed === '' ? undefined : trimmed;
};

/** What the first of some variables says that is set; reports if another one says something else. */
export const firstSaid = <T>(
  names: readonly string[],
  read: (text: string) => T,
  code: Diagnostic['code'],
  report: (diagnostic: Diagnostic) => void,
): T | undefined => {
  const [first, ...others] = names.flatMap((name) => {
    const text = environment(name);
    return text === undefined ? [] : [{ name, said: read(text) }];
  });
  const other = others.find(({ said }) => said !== first?.said);
  if (first && other) report({ code, text: `${first.name} is used, ${other.name} says something else` });
  return first?.said;
};
