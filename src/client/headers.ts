import { refuseRequest } from './refuse-request.js';

export type HeaderMap = Readonly<Record<string, string>>;

/** What a header may hold: printable ASCII and tabs. */
export const isHeaderValue = (value: string): boolean => /^[\t\x20-\x7e]*$/.test(value);

/**
 * Headers, without those that are `undefined`. Names are the same in any case; lower case makes sure that a later one replaces
 * an earlier one.
 */
export const headersOf = (members: Readonly<Record<string, string | undefined>>): HeaderMap =>
  Object.fromEntries(
    Object.entries(members).flatMap(([name, value]) => (value === undefined ? [] : [[name.toLowerCase(), value]])),
  );

/** Whether there are credentials among headers. */
export const hasCredentials = (headers: HeaderMap): boolean =>
  Object.keys(headers).some((name) => /^(authorization|x-goog-api-key)$/i.test(name));

/** Refuses headers that cannot be sent, by name only: network libraries would put the value into their message. */
export const refuseUnsendable = (headers: HeaderMap): void => {
  for (const [name, value] of Object.entries(headers)) {
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || !isHeaderValue(value)) {
      refuseRequest(
        [`headers.${name}`],
        `The header ${JSON.stringify(name)} holds characters that a header cannot carry; is there a line break in it?`,
      );
    }
  }
};
