import type { GenerateContentUsage } from './response.js';
import type { Ending } from './ending.js';
import { type Grounding, NO_GROUNDING } from './grounding.js';
import type { PartialCall } from './partial-call.js';

/** An event as the wire has it, before it is decoded. */
export type Draft = Readonly<Record<string, unknown>>;

/** A text block, by where it is. */
export interface TextBlock {
  /** The index of its step. */
  readonly index: number;
  /** Where it begins in the whole text, in UTF-8 bytes. */
  readonly start: number;
}

/** The step that goes on. */
export interface OpenStep {
  readonly type: 'model_output' | 'thought';
  readonly index: number;
  /** Whether it has a text block yet, and whether text still goes there: not behind a picture. */
  readonly text: 'none' | 'open' | 'closed';
}

/** What is remembered between the chunks of an answer. Immutable. */
export interface ResponseState {
  readonly hasBegun: boolean;
  /** The index of the next step. */
  readonly next: number;
  readonly open: OpenStep | undefined;
  /** The output steps. They stop at the end only: what the text rests on is told then. */
  readonly outputs: readonly number[];
  /** The text blocks; an output step has one at most, so that every one can be annotated (rule R3). */
  readonly blocks: readonly TextBlock[];
  /** How long the whole text is, in UTF-8 bytes. */
  readonly length: number;
  /** A function call whose arguments come in parts. */
  readonly call: PartialCall | undefined;
  /** Whether there are calls for the client. */
  readonly isWaiting: boolean;
  /** The id of the latest code that was run. */
  readonly codeId: string | undefined;
  /** Whether the server told of its tools as they ran. */
  readonly showsTools: boolean;
  readonly grounding: Grounding;
  readonly ending: Ending | undefined;
  /** Whether the server sent an error instead of an answer. */
  readonly hasFailed: boolean;
  readonly usage: GenerateContentUsage | undefined;
  readonly model: string | undefined;
}

export const INITIAL_RESPONSE: ResponseState = {
  hasBegun: false,
  next: 0,
  open: undefined,
  outputs: [],
  blocks: [],
  length: 0,
  call: undefined,
  isWaiting: false,
  codeId: undefined,
  showsTools: false,
  grounding: NO_GROUNDING,
  ending: undefined,
  hasFailed: false,
  usage: undefined,
  model: undefined,
};
