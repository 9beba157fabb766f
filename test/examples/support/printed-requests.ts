import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { answersIn, streamsIn } from './printed-answers.js';

const FOLDER = path.resolve(__dirname, '../../../../shared/seeds');

/** A body of a request. */
export type Body = Readonly<Record<string, unknown>>;

/** The folders of twins, by the number that the name of their document begins with. */
const FOLDERS: Readonly<Record<string, string>> = {
  '000': 'enterprise',
  '001': 'streaming',
  '003': 'migration',
  '004': 'quickstart',
};

/** What a document asks the Interactions API for. */
export interface PrintedDocument {
  /** The folder of its twins. */
  readonly folder: string;
  /** The bodies that it prints for `curl`, with `(variable)` for each variable of the shell. */
  readonly bodies: readonly Body[];
  /** The prompts of its samples, in every language. */
  readonly prompts: readonly string[];
  /** The interactions that it prints as JSON. */
  readonly answers: readonly string[];
  /** The event streams that it prints: the JSON of each event. */
  readonly streams: readonly (readonly string[])[];
}

/** `-d '{ … }'`, and `-d "{ … }"` with its quotes escaped. */
const BODY = /-d (?:'(\{[\s\S]*?\n\s*\})'|"(\{[\s\S]*?\n\s*\})")/g;

/** `input: "…"`, `input="…"`, `"input": "…"`; none that begins with a variable or holds one. */
const PROMPT = /\binput"?\s*[:=]\s*(["'])(?!\$|'?\$)(.+?)\1(?=[,\n )])/g;

const parsed = (quoted: string | undefined, escaped: string | undefined): Body => {
  const text = quoted?.replaceAll(`'\\''`, "'") ?? escaped?.replaceAll('\\"', '"') ?? '';
  return JSON.parse(text.replace(/"?'?"?\$\{?\w+\}?"?'?"?/g, '"(variable)"')) as Body;
};

const isOfInteractions = (body: Body): boolean => 'model' in body || 'agent' in body;

const read = (name: string): PrintedDocument => {
  const text = readFileSync(path.join(FOLDER, name), 'utf8');
  return {
    folder: FOLDERS[name.slice(0, 3)] ?? name,
    bodies: [...text.matchAll(BODY)].map(([, quoted, escaped]) => parsed(quoted, escaped)).filter(isOfInteractions),
    prompts: [...text.matchAll(PROMPT)].map(([, , prompt = '']) => prompt.replaceAll(`'\\''`, "'")),
    answers: answersIn(text),
    streams: streamsIn(text),
  };
};

/** The documents whose samples have twins. They are no part of the project: none where they are not beside it. */
export const printedDocuments: readonly PrintedDocument[] = existsSync(FOLDER)
  ? readdirSync(FOLDER)
      .filter((name) => /^\d.*\.txt$/.test(name))
      .map(read)
  : [];

/** The last text of an input, in any of its forms; `function_result` where results go back. */
export const promptOf = (input: unknown): string | undefined => {
  if (typeof input === 'string') return input === '(variable)' ? undefined : input;
  if (Array.isArray(input)) return input.flatMap((part) => promptOf(part) ?? []).at(-1);
  const { type, text, content } = (input ?? {}) as Body;
  if (type === 'function_result') return 'function_result';
  return typeof text === 'string' ? text : promptOf(content ?? []);
};

const isSame = (printed: unknown, sent: unknown): boolean =>
  printed === undefined || printed === '(variable)' || printed === sent;

/** Members that are there, or are compared in their own way. */
const APART: ReadonlySet<string> = new Set(['input', 'model', 'agent', 'previous_interaction_id']);

/** `"OBJECT"` is `"object"`, and of a description there may be more. */
const isWithin = (printed: unknown, sent: unknown): boolean => {
  if (typeof printed === 'string' && typeof sent === 'string')
    return sent.toLowerCase().startsWith(printed.toLowerCase());
  if (typeof printed !== 'object' || printed === null) return printed === sent;
  return (
    typeof sent === 'object' &&
    sent !== null &&
    Object.entries(printed).every(([member, value]) => isWithin(value, Reflect.get(sent, member)))
  );
};

/** Whether a request is the printed one, whatever it says beyond that. Whether it streams is its own affair. */
export const isPrinted = (printed: Body, sent: Body): boolean =>
  Object.entries(printed).every(
    ([member, value]) =>
      member === 'stream' || (member in sent && (APART.has(member) || isWithin(value, sent[member]))),
  ) &&
  isSame(printed['model'], sent['model']) &&
  isSame(printed['agent'], sent['agent']) &&
  isSame(promptOf(printed['input']), promptOf(sent['input']));
