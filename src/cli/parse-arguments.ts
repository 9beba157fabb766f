import { parseArgs } from 'node:util';

import type { EmulatorConfig } from '../emulator/index.js';
import { type ErrorLike, isErrorLike } from '../internal/error-like.js';

/** What the command is asked to do. */
export type Command =
  | { readonly name: 'help' | 'version' }
  | {
      readonly name: 'emulator';
      readonly port: number;
      readonly host: string;
      readonly config: EmulatorConfig;
    }
  /** It cannot be understood; the message is one line. */
  | { readonly name: 'mistake'; readonly message: string };

/** Where the emulator listens if nobody says otherwise. */
export const DEFAULT_PORT = 8787;
export const DEFAULT_HOST = '127.0.0.1';

const OPTIONS = {
  port: { type: 'string', short: 'p' },
  host: { type: 'string' },
  pace: { type: 'string' },
  queued: { type: 'string' },
  retention: { type: 'string' },
  'tokens-per-hop': { type: 'string' },
  'event-ids': { type: 'string' },
  'on-leave': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

/** Something that was typed wrong: thrown where it is found, told in one place. */
class Mistake extends Error {}

/** A number of an option, if it is given. */
const numberOf = (name: string, text: string | undefined, isValid: (value: number) => boolean, what: string) => {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === '' || !isValid(value)) throw new Mistake(`--${name} takes ${what}, not '${text}'.`);
  return value;
};

const isPort = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= 65_535;
const isTime = (value: number): boolean => Number.isFinite(value) && value >= 0;
const isCount = (value: number): boolean => Number.isInteger(value) && value >= 1;

const onLeaveOf = (text: string | undefined): EmulatorConfig['onLeave'] => {
  if (text === undefined || text === 'stop' || text === 'continue') return text;
  throw new Mistake(`--on-leave takes stop or continue, not '${text}'.`);
};

const eventIdsOf = (text: string | undefined): EmulatorConfig['eventIds'] => {
  if (text === undefined) return undefined;
  if (text === 'all') return () => true;
  if (text === 'none') return () => false;
  const every = numberOf('event-ids', text, isCount, 'all, none, or a number (3: every third event)') ?? 1;
  return ({ position }) => position % every === 0;
};

/** How many requests the command keeps: it prints them, and nobody asks for them later. */
const KEPT_REQUESTS = 0;

const commandOf = (args: readonly string[]): Command => {
  const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  if (values.help === true) return { name: 'help' };
  if (values.version === true) return { name: 'version' };
  const [command, surplus] = positionals;
  if (command === undefined) throw new Mistake('Say what to do: rx-interactions emulator (see --help).');
  if (command !== 'emulator') throw new Mistake(`There is no command '${command}': try rx-interactions emulator.`);
  if (surplus !== undefined) throw new Mistake(`Unexpected argument '${surplus}' (see --help).`);
  const time = 'a time in ms';
  return {
    name: 'emulator',
    port: numberOf('port', values.port, isPort, 'a number from 0 to 65535') ?? DEFAULT_PORT,
    host: values.host ?? DEFAULT_HOST,
    config: {
      pace: numberOf('pace', values.pace, isTime, time),
      queued: numberOf('queued', values.queued, isTime, time),
      retention: numberOf('retention', values.retention, isTime, time),
      tokensPerHop: numberOf('tokens-per-hop', values['tokens-per-hop'], isCount, 'a number of tokens'),
      eventIds: eventIdsOf(values['event-ids']),
      onLeave: onLeaveOf(values['on-leave']),
      keptRequests: KEPT_REQUESTS,
    },
  };
};

const isArgumentError = (error: unknown): error is ErrorLike =>
  isErrorLike(error) && String(error.code).startsWith('ERR_PARSE_ARGS_');

/** What `parseArgs` says behind it are hints at how to write something else. */
const firstSentence = (message: string): string => message.split(/\.\s/)[0] ?? message;

/** Reads the arguments of the command line. Never throws: what cannot be understood is a `mistake`. */
export const parseArguments = (args: readonly string[]): Command => {
  try {
    return commandOf(args);
  } catch (error) {
    if (error instanceof Mistake) return { name: 'mistake', message: error.message };
    if (isArgumentError(error)) return { name: 'mistake', message: `${firstSentence(error.message)} (see --help).` };
    throw error;
  }
};
