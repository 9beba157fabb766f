import { reply } from '../reply.js';
import { type Behaviour, think } from './behaviour.js';
import { urlsIn } from './urls.js';

/** Predefined functions that need nothing but a screen. */
const PLAIN = ['open_web_browser', 'search', 'wait_5_seconds'];

/** Operates a screen, where it is given one: goes to an address, or opens the browser. Its actions are ordinary calls. */
export const useComputer: Behaviour = (turn) => {
  const tool = turn.request.tools?.find(({ type }) => type === 'computer_use');
  if (tool?.type !== 'computer_use') return undefined;
  const isAllowed = (name: string): boolean => tool.excluded_predefined_functions?.includes(name) !== true;
  const [url] = urlsIn(turn.prompt);
  const action = PLAIN.find(isAllowed);
  const thought = think(turn, 'Using the computer', 'I do one thing at a time and look at the screen after it.');
  if (url !== undefined && isAllowed('navigate')) return [thought, reply.call('navigate', { url })];
  return action === undefined ? undefined : [thought, reply.call(action)];
};
