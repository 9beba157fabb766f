import type { JsonPath } from './json-path.js';
import type { NumberPhase } from './number-phase.js';

/** What is wrong with a text that is not JSON. */
export interface JsonFault {
  /** What was found, and what was to be there. */
  readonly message: string;
  /** Where, in UTF-16 units: at the first one that no JSON text has there, or at the end where more had to come. */
  readonly offset: number;
}

/**
 * What the text goes on with: what may stand at the place that has been reached, or the token that is being read.
 *
 * `item` and `member` stand behind an opening bracket, where the closing one may follow; `value` and `key` stand where it
 * may not.
 */
export type Expectation =
  'value' | 'item' | 'key' | 'member' | 'colon' | 'comma' | 'end' | 'string' | 'name' | 'number';

/**
 * An open container as it was at one moment: what has been read of it are the first {@link count} of its children; what is
 * behind them belongs to later moments. The outermost one is the document: an array, so to speak, with one place.
 */
export interface OpenContainer {
  /** The container that it is a child of; `undefined` for the document. */
  readonly outer: OpenContainer | undefined;
  readonly isObject: boolean;
  /**
   * The elements of an array. For an object the key and the value of each member in turn, in the order of the text and as
   * often as they are there; a key without a value is that of the member that is being read.
   */
  readonly children: unknown[];
  readonly count: number;
  /** How many segments of the watched path lead here; -1 where they lead elsewhere. */
  readonly matched: number;
}

/**
 * How far a JSON text has been read. Immutable to whoever holds it: a later state never changes what an earlier one says,
 * and reading may go on from any state, more than once too.
 */
export interface JsonState extends OpenContainer {
  /** How much has been read, in UTF-16 units. */
  readonly length: number;
  /** Whether a whole document has been read, so that only white space may follow. */
  readonly isComplete: boolean;
  /** Why the text is not JSON; `undefined` while it may be. */
  readonly fault: JsonFault | undefined;
  /** The values at the watched path that became complete with the last piece of any length, in the order of the text. */
  readonly found: readonly unknown[];

  /** The path that is watched. */
  readonly watched: JsonPath | undefined;
  readonly expects: Expectation;
  /** What has been read of a string, decoded, or of a number, as it is written. */
  readonly token: string;
  readonly phase: NumberPhase;
  /** The end of the text as far as it means nothing yet: part of an escape, of a surrogate pair or of a literal. */
  readonly held: string;
  /** What `jsonValue` made of this state, once it was asked. */
  view: unknown;
}

/** Nothing has been read. */
export const initialJson: JsonState = {
  length: 0,
  isComplete: false,
  fault: undefined,
  found: [],
  outer: undefined,
  isObject: false,
  children: [],
  count: 0,
  matched: -1,
  watched: undefined,
  expects: 'value',
  token: '',
  phase: 'start',
  held: '',
  view: undefined,
};

/** Nothing has been read, and values at a path will be collected in {@link JsonState.found} as they become complete. */
export const watchJson = (path: JsonPath): JsonState => ({ ...initialJson, watched: path, matched: 0 });
