import type { InteractionRequest } from '../protocol/index.js';
import { reply, type Reply, type ReplyBuilders } from './reply.js';
import type { Turn } from './turn.js';

/** What the model answers, and to which request. */
export interface ScriptEntry {
  /** The requests it is for: a test of the request, or a pattern the prompt's text matches. @defaultValue any */
  readonly when?: RegExp | ((request: InteractionRequest) => boolean) | undefined;
  /** The answer, or what makes it: given the {@link ReplyBuilders | words for it} and what the model has before it. */
  readonly reply: Reply | ((reply: ReplyBuilders, turn: Turn) => Reply);
  /** For how many requests. @defaultValue 1 */
  readonly times?: number | undefined;
}

/** The entries that are still to be used. */
export interface Script {
  add(entries: readonly ScriptEntry[]): void;
  /** The answer of the first entry that is for this turn. */
  next(turn: Turn): Reply | undefined;
}

const isFor = ({ when }: ScriptEntry, { request, prompt }: Turn): boolean => {
  if (when === undefined) return true;
  return when instanceof RegExp ? prompt.search(when) !== -1 : when(request); // `search` does not heed the state of a `/g`
};

/** Refuses what types would have, while it is known who has written it. */
const checkEntry = ({ when, reply: said, ...rest }: ScriptEntry, at: number): void => {
  const wrong = (what: string): TypeError => new TypeError(`Entry ${String(at)} of script(): ${what}`);
  if (when !== undefined && typeof when !== 'function' && !(when instanceof RegExp)) {
    throw wrong('`when` is a pattern or a function');
  }
  if (typeof said !== 'function' && !Array.isArray(said))
    throw wrong('`reply` is an array of parts, or a function that makes one');
  const [unknown] = Object.keys(rest).filter((key) => key !== 'times');
  if (unknown !== undefined) throw wrong(`there is no member \`${unknown}\``);
};

export const createScript = (): Script => {
  const waiting: { readonly entry: ScriptEntry; left: number }[] = [];
  return {
    add(entries) {
      entries.forEach(checkEntry);
      waiting.push(...entries.map((entry) => ({ entry, left: entry.times ?? 1 })));
    },
    next(turn) {
      const found = waiting.find(({ entry, left }) => left > 0 && isFor(entry, turn));
      if (!found) return undefined;
      found.left -= 1;
      return typeof found.entry.reply === 'function' ? found.entry.reply(reply, turn) : found.entry.reply;
    },
  };
};
