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
