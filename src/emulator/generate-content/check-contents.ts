import { invalid } from '../refusal.js';
import type { OlderContent, OlderPart } from './body.js';

/** What a part is; the other members say more of it. */
const KINDS: readonly (keyof OlderPart)[] = [
  'text',
  'inlineData',
  'fileData',
  'functionCall',
  'functionResponse',
  'executableCode',
  'codeExecutionResult',
  'toolCall',
  'toolResponse',
];

const ROLES: ReadonlySet<string> = new Set(['user', 'model', 'function']);

const checkParts = (parts: readonly OlderPart[], path: string): void => {
  if (parts.length === 0) throw invalid(`${path}: contents.parts must not be empty.`);
  parts.forEach((part, at) => {
    if (KINDS.filter((kind) => part[kind] !== undefined).length !== 1)
      throw invalid(`${path}[${at}].data: required oneof field 'data' must have one initialized field.`);
  });
};

/** The parts of each turn: several contents of one side in a row are one. */
const turnsIn = (contents: readonly OlderContent[]): readonly (readonly OlderPart[])[] => {
  const turns: { readonly isModel: boolean; readonly parts: OlderPart[] }[] = [];
  for (const { role, parts = [] } of contents) {
    const isModel = role === 'model';
    const last = turns.at(-1);
    if (last?.isModel === isModel) last.parts.push(...parts);
    else turns.push({ isModel, parts: [...parts] });
  }
  return turns.map(({ parts }) => parts);
};

const count = (kind: keyof OlderPart, parts: readonly OlderPart[] = []): number =>
  parts.filter((part) => part[kind] !== undefined).length;

/** Every call is answered in the turn behind it, and nothing else is. A last turn with calls may stand. */
const checkCalls = (turns: readonly (readonly OlderPart[])[]): void =>
  turns.forEach((parts, at) => {
    if (count('functionResponse', parts) !== count('functionCall', turns[at - 1]))
      throw invalid(
        'Please ensure that the number of function response parts is equal to the number of function call parts of the ' +
          'function call turn.',
      );
  });

/** Refuses contents that are no prompt and no history, in the words of the API. */
export const checkContents = (contents: readonly OlderContent[] = []): void => {
  const path = '* GenerateContentRequest.contents';
  if (contents.length === 0) throw invalid(`${path}: contents is not specified`);
  contents.forEach(({ role = 'user', parts = [] }, at) => {
    if (!ROLES.has(role)) throw invalid('Please use a valid role: user, model.');
    checkParts(parts, `${path}[${at}].parts`);
  });
  checkCalls(turnsIn(contents));
};
