import { RequestError } from '../errors/index.js';

export type HeaderMap = Readonly<Record<string, string>>;

/** What a header may hold: printable ASCII and tabs. */
export const isHeaderValue = (value: string): boolean => /^[\t\x20-\x7e]*$/.test(value);

/** Header names are the same in any case; lower case makes sure that a later one replaces an earlier one. */
export const lowerCased = (headers: HeaderMap): HeaderMap =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** Whether there are credentials among headers. */
export const hasCredentials = (headers: HeaderMap): boolean =>
  Object.keys(headers).some((name) => /^(authorization|x-goog-api-key)$/i.test(name));

/** Refuses headers that cannot be sent, by name only: network libraries would put the value into their message. */
export const refuseUnsendable = (headers: HeaderMap): void => {
  for (const [name, value] of Object.entries(headers)) {
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || !isHeaderValue(value)) {
      throw new RequestError(
        [`headers.${name}`],
        `The header ${JSON.stringify(name)} holds characters that a header cannot carry; is there a line break in it?`,
      );
    }
  }
};
