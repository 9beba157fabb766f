import type { TurnEvent } from 'rx-interactions';
import { concatMap, defer, type OperatorFunction } from 'rxjs';

import { colors } from '../support/colors.js';

/** What is written where a step of that type begins. */
const heading = (event: Extract<TurnEvent, { readonly event_type: 'step.start' }>): string => {
  switch (event.step.type) {
    case 'thought':
      return colors.dim('thinks  ');
    case 'model_output':
      return 'answers ';
    case 'function_call':
      return `${colors.cyan('calls   ')}${colors.bold(event.step.name ?? '')} `;
    case 'function_result':
      return '';
    default:
      return `${event.step.type} `;
  }
};

/** The words of an event, as it arrives. */
const wordsOf = (event: TurnEvent): string => {
  switch (event.event_type) {
    case 'step.start':
      return heading(event);
    case 'step.delta':
      switch (event.delta.type) {
        case 'text':
          return event.delta.text;
        case 'thought_summary':
          return event.delta.content?.type === 'text' ? colors.dim(event.delta.content.text.replace(/\s+/g, ' ')) : '';
        case 'arguments_delta':
          return colors.cyan(event.delta.arguments ?? '');
        default:
          return '';
      }
    case 'tool.result': {
      const { result, is_error } = event.result;
      const text = typeof result === 'string' ? result : JSON.stringify(result);
      return `${(is_error ? colors.red : colors.green)('result  ')}${colors.bold(event.call.name)} ${text}\n`;
    }
    default:
      return '';
  }
};

const endsLine = (event: TurnEvent): boolean => event.event_type === 'step.stop';

/**
 * Tells what a turn does as it does it. On a terminal every piece at once, so that text and arguments are seen growing;
 * elsewhere whole lines.
 */
export const narrate =
  ({ live }: { readonly live: boolean }): OperatorFunction<TurnEvent, string> =>
  (turn$) =>
    defer(() => {
      let line = ''; // what has been said since the last line end
      return turn$.pipe(
        concatMap((event) => {
          const words = wordsOf(event);
          const before = line;
          line += words;
          const ends = endsLine(event) && line !== '' ? '\n' : '';
          const isWhole = ends !== '' || words.endsWith('\n');
          if (isWhole) line = '';
          if (live) return words + ends === '' ? [] : [words + ends];
          return isWhole ? [before + words + ends] : [];
        }),
      );
    });
