import type { OperatorFunction } from 'rxjs';

import { isRecord } from '../internal/is-record.js';
import { accumulateJson, initialJson, type JsonState, LazyJson } from '../json/index.js';
import type { Delta, FunctionCallStep, InteractionEvent, TurnMark } from '../protocol/index.js';
import { followSteps } from './follow-steps.js';
import { surrogateId } from './function-call.js';
import { type GrowingText, textFrom, wholeText, withPiece } from './growing-text.js';
import { type StepPlace, type StepSignal, mapSignals } from './track-steps.js';

/** The arguments of a function call while they arrive. Never to be run: a call that is complete is a `FunctionCall`. */
export interface ArgumentsSnapshot {
  /** The wire's index of the step. */
  readonly index: number;
  /** The call's place in `interaction.steps`. */
  readonly position: number;
  /** As in the `FunctionCall` that follows. */
  readonly id: string;
  readonly name: string;
  /** The JSON text so far. */
  readonly text: string;
  /**
   * The value so far; `undefined` before it begins. Strings may be cut, and the last of each list; numbers, `true`,
   * `false` and `null` are there when they are complete, and a member as soon as its value begins. Made when it is first
   * read, and always that of this moment; what nobody reads costs nothing. Where the text turns out not to be JSON it
   * stays as it was before that.
   */
  readonly value: unknown;
  readonly complete: false;
}

/** A call whose arguments arrive. */
interface OpenCall {
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly text: GrowingText;
  readonly json: JsonState;
  /** Whether the text stands for an object that came whole: more text then starts anew (rule R6). */
  readonly isWhole: boolean;
}

interface CallMembers {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  /** A piece of the text, or all of it as an object. */
  readonly arguments?: string | Readonly<Record<string, unknown>> | undefined;
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const nonEmpty = (value: string | undefined, otherwise: string | undefined): string | undefined =>
  value === undefined || value === '' ? otherwise : value;

const beginCall = ({ id, name }: FunctionCallStep): OpenCall => ({
  id: nonEmpty(id, undefined),
  name: nonEmpty(name, undefined),
  text: textFrom(''),
  json: initialJson,
  isWhole: false,
});

/** The call with one more piece of its text. What came whole gives way to the first piece that says anything (R6, R10). */
const withMore = (call: OpenCall, piece: string): OpenCall => {
  const { id, name } = call;
  if (!call.isWhole) {
    return { id, name, text: withPiece(call.text, piece), json: accumulateJson(call.json, piece), isWhole: false };
  }
  return piece.trim() === ''
    ? call
    : { id, name, text: textFrom(piece), json: accumulateJson(initialJson, piece), isWhole: false };
};

/** The call with arguments that came whole. */
const withWhole = (call: OpenCall, args: object): OpenCall => {
  const text = JSON.stringify(args);
  return { ...call, text: textFrom(text), json: accumulateJson(initialJson, text), isWhole: true };
};

/** What a delta says of its call: rules R6 and R7, and R8 for one without a type. */
const callIn = (delta: Delta): CallMembers | undefined => {
  if (delta.type === 'arguments_delta' || delta.type === 'function_call') return delta;
  if (delta.type !== 'unknown' || !isRecord(delta.received) || delta.received['type'] !== undefined) return undefined;
  const { id, name, arguments: args } = delta.received;
  return isRecord(args) ? { id: textOf(id), name: textOf(name), arguments: args } : undefined;
};

const applied = (call: OpenCall, { id, name, arguments: args = '' }: CallMembers): OpenCall => {
  const next = typeof args === 'string' ? withMore(call, args) : withWhole(call, args);
  return id === undefined && name === undefined
    ? next
    : { ...next, id: nonEmpty(id, call.id), name: nonEmpty(name, call.name) };
};

class Snapshot extends LazyJson implements ArgumentsSnapshot {
  readonly index: number;
  readonly position: number;
  readonly id: string;
  readonly name: string;
  readonly text: string;
  readonly complete = false;

  constructor({ index, position }: StepPlace, { id, name = '', text, json }: OpenCall) {
    super(json);
    this.index = index;
    this.position = position;
    this.id = id ?? surrogateId(position);
    this.name = name;
    this.text = wholeText(text);
  }
}

const createArgumentsScanner = (push: (snapshot: ArgumentsSnapshot) => void): ((signal: StepSignal) => void) =>
  followSteps(({ place }) => {
    if (place.step.type !== 'function_call') return undefined;
    let call = beginCall(place.step);
    return {
      delta: ({ delta, event }) => {
        const members = callIn(delta);
        if (!members) return;
        const next = applied(call, members);
        if (!event && wholeText(next.text) === '{}') return; // the placeholder that a call starts with
        call = next;
        push(new Snapshot(place, call));
      },
    };
  });

/**
 * Emits the arguments of function calls while they arrive, after every delta, of several calls in parallel.
 *
 * `reduceArguments` gives complete calls only, once each: run those, show these. Each snapshot's `value` is what the text
 * so far amounts to; nothing is parsed twice, and nothing at all for snapshots whose `value` is not read.
 *
 * ```text
 * events           -c-s-d---d---p-f|     d: '{"city":"Os', then 'lo"}'
 * scanArguments()  -----a---b------|     a.value: { city: 'Os' }  b.value: { city: 'Oslo' }
 * ```
 *
 * A call without arguments has no delta, and is never here. Text that is not JSON is no error yet: `value` stays at what
 * it was, and `reduceArguments` errors when the call stops.
 *
 * @example
 * ```ts
 * events$.pipe(scanArguments()).subscribe(({ name, value }) => console.log(name, JSON.stringify(value)));
 * ```
 */
export function scanArguments(): OperatorFunction<InteractionEvent | TurnMark, ArgumentsSnapshot> {
  return mapSignals(createArgumentsScanner);
}
