import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.resolve(__dirname, '../..');

/** A piece of code that the documentation shows. */
export interface Snippet {
  /** Where it stands: file and line. */
  readonly place: string;
  readonly code: string;
  /** What it claims to print: the comments behind its `console.log(…);`. */
  readonly prints: readonly string[];
}

const fenced = /^([ \t]*(?:\* )?)```ts\n([\s\S]*?)^[ \t]*(?:\* )?```$/gm;

const snippetsIn = (file: string): readonly Snippet[] => {
  const text = readFileSync(path.join(ROOT, file), 'utf8');
  return [...text.matchAll(fenced)].map(({ index, 1: margin = '', 2: body = '' }) => {
    const lines = body
      .split('\n')
      .map((line) => (line.startsWith(margin) ? line.slice(margin.length) : line.replace(/^\s*\*/, '')));
    return {
      place: `${file}:${String(text.slice(0, index).split('\n').length)}`,
      code: lines.join('\n'),
      prints: lines.flatMap((line) => /console\.log\(.*\);\s*\/\/ (.*)$/.exec(line)?.[1] ?? []),
    };
  });
};

const filesUnder = (folder: string, ending: string): readonly string[] =>
  readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)))
    .sort();

/** Whether a page is made from the doc comments. Its snippets are theirs, and take for granted what theirs do. */
const isGenerated = (file: string): boolean => readFileSync(path.join(ROOT, file), 'utf8').startsWith('<!-- Made by');

/** Snippets of pages: programs that stand for themselves. */
export const pageSnippets = (): readonly Snippet[] =>
  ['README.md', ...filesUnder('docs', '.md').filter((file) => !isGenerated(file))].flatMap(snippetsIn);

const PRELUDE = `
import assert from 'node:assert/strict';
import { Ajv } from 'ajv';
import * as t from 'io-ts';
import { z } from 'zod';
import { concat, concatMap, firstValueFrom, forkJoin, from, lastValueFrom, map, merge, mergeMap, of, scan, switchMap, take, tap, toArray, type Observable } from 'rxjs';
import { GoogleGenAI } from '@google/genai';
import * as library from 'rx-interactions';
import * as kit from 'rx-interactions/testing';
const { NAMES } = library;
const { KIT } = kit;
const model = 'gemini-3-flash-preview';
const input = 'What is the weather in Paris?';
const client = createClient();
const events$ = client.stream({ model, input: 'Tell me a joke.' });
const weather = defineTool({ name: 'get_weather', description: 'The weather.', parameters: t.type({ location: t.string }), execute: () => 22 });
const request: library.InteractionRequest = { model, input, tools: [weather.declaration] };
const call: library.FunctionCall = { position: 0, id: 'c1', name: 'get_weather', arguments: {} };
const interaction = await lastValueFrom(client.create({ model, input: 'Tell me a joke.' }));
const answer = (one: library.FunctionCall) => functionResult(one, { celsius: 22 });
const it = (_name: string, body: () => void) => { body(); };
const expectEqual = (actual: unknown, expected: unknown) => { assert.deepEqual(actual, expected); };
const Forecast = t.type({ city: t.string });
void [Ajv, t, z, Forecast, GoogleGenAI, concat, concatMap, firstValueFrom, forkJoin, from, map, merge, mergeMap, of, scan, switchMap, take, tap, toArray, events$, request, call, interaction, answer, it, expectEqual];
{
`;

/** Examples of doc comments: in a scope where the names that they take for granted exist. */
export const commentSnippets = (names: readonly string[], kit: readonly string[]): readonly Snippet[] =>
  filesUnder('src', '.ts')
    .flatMap(snippetsIn)
    .map((snippet) => ({
      ...snippet,
      code: `${PRELUDE.replace('NAMES', names.join(', ')).replace('KIT', kit.join(', '))}${snippet.code}\n}\n`,
    }));
