import type * as t from 'io-ts';

/**
 * What a wire thing is at run time: an io-ts type that reads anything and writes what the server would.
 *
 * A codec is declared once and its interface read off it; under this type it goes into other codecs, so that they are
 * described by the names of their parts and not by all that is in them.
 */
export interface Codec<A> extends t.Type<A, unknown> {}
