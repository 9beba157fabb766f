import type { StepSignal } from './track-steps.js';

/** The text of a step that has not ended, or waits for one before it that has not. */
interface OpenText {
  readonly position: number;
  readonly text: string;
  readonly isOver: boolean;
}

/** The model's text so far. Immutable. */
export interface TextState {
  /** The text of the steps that are over, up to the first that is not. */
  readonly done: string;
  /** The steps after those, in order. */
  readonly open: readonly OpenText[];
  /** What a replay of this hop goes back to. */
  readonly before: string;
}

export const initialText: TextState = { done: '', open: [], before: '' };

/** All of it, in the order of the steps. */
export const textOf = ({ done, open }: TextState): string => open.reduce((text, step) => text + step.text, done);

/** Moves the text of steps that are over behind what is done. */
const settle = (state: TextState): TextState => {
  const first = state.open.findIndex(({ isOver }) => !isOver);
  const over = first === -1 ? state.open.length : first;
  if (over === 0) return state;
  return { ...state, done: textOf({ ...state, open: state.open.slice(0, over) }), open: state.open.slice(over) };
};

const change = (state: TextState, position: number, changed: (text: OpenText) => OpenText): TextState => ({
  ...state,
  open: state.open.map((text) => (text.position === position ? changed(text) : text)),
});

/** The next state: text of `model_output` steps, whatever order their deltas come in. */
export const accumulateText = (state: TextState, signal: StepSignal): TextState => {
  switch (signal.type) {
    case 'begin': {
      const { position, step } = signal.place;
      return step.type === 'model_output'
        ? { ...state, open: [...state.open, { position, text: '', isOver: false }] }
        : state;
    }
    case 'delta': {
      const { place, delta } = signal;
      if (delta.type !== 'text' || place.step.type !== 'model_output' || delta.text === '') return state;
      return change(state, place.position, (open) => ({ ...open, text: open.text + delta.text }));
    }
    case 'end':
      return signal.place.step.type === 'model_output'
        ? settle(change(state, signal.place.position, (open) => ({ ...open, isOver: true })))
        : state;
    case 'hop':
      return { ...state, before: textOf(state) };
    case 'replay':
      return { done: state.before, open: [], before: state.before };
    case 'reset':
      return initialText;
    case 'unknown':
      return state;
  }
};
