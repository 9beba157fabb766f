import type { Delta, TurnEvent } from 'rx-interactions';
import { map, type OperatorFunction, pipe, scan } from 'rxjs';

import { colors } from './colors.js';

/** What an event says: a piece of what is being said, or a line of its own. */
interface Words {
  readonly text: string;
  readonly isLine: boolean;
}

const piece = (text: string): Words => ({ text, isLine: false });
const line = (text: string): Words => ({ text, isLine: true });
const json = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const wordsOfDelta = (delta: Delta): Words => {
  if (delta.type === 'text') return piece(delta.text);
  return delta.type === 'thought_summary' && delta.content?.type === 'text'
    ? piece(colors.dim(delta.content.text))
    : piece('');
};

const wordsOf = (event: TurnEvent): Words => {
  switch (event.event_type) {
    case 'step.delta':
      return wordsOfDelta(event.delta);
    case 'step.stop':
      return line('');
    case 'tool.call':
      return line(colors.cyan(`→ ${event.call.name}(${JSON.stringify(event.call.arguments)})`));
    case 'tool.result':
      return line((event.result.is_error ? colors.red : colors.green)(`← ${json(event.result.result)}`));
    case 'turn.failed':
      return line(colors.red(String(event.error)));
    case 'turn.interrupted':
      return line(colors.dim('(stopped)'));
    default:
      return piece('');
  }
};

/** Puts a line where a line begins. */
const placed = (before: string, { text, isLine }: Words): string => {
  if (!isLine) return text;
  const start = before.endsWith('\n') ? '' : '\n';
  return text === '' ? start : `${start}${text}\n`;
};

/** What is written for the events of a chat. */
export const chatWords = (): OperatorFunction<TurnEvent, string> =>
  pipe(
    map(wordsOf),
    scan(
      ({ written }, words) => {
        const text = placed(written, words);
        return { text, written: text === '' ? written : text };
      },
      { text: '', written: '\n' }, // what is written now, and the last of what was
    ),
    map(({ text }) => text),
  );
