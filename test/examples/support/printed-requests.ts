import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

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

/** Whether a request is the printed one, whatever it says beyond that. Whether it streams is its own affair. */
export const isPrinted = (printed: Body, sent: Body): boolean =>
  Object.keys(printed).every((member) => member in sent || member === 'stream') &&
  isSame(printed['model'], sent['model']) &&
  isSame(printed['agent'], sent['agent']) &&
  isSame(promptOf(printed['input']), promptOf(sent['input']));
