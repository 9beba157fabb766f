import { isRecord } from '../../internal/is-record.js';
import { type JsonPath, parseJsonPath } from '../../json/json-path.js';
import type { GenerateContentPart } from './response.js';

type Members = Readonly<Record<string, unknown>>;
type Call = NonNullable<GenerateContentPart['functionCall']>;
type PartialArg = NonNullable<Call['partialArgs']>[number];

/** A function call whose arguments come in parts, so far. */
export interface PartialCall {
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly args: Members;
  readonly signature: string | undefined;
}

const pathOf = (path = ''): JsonPath => {
  try {
    return parseJsonPath(path);
  } catch {
    return [];
  }
};

/** What a partial argument brings; `undefined` where it brings nothing. */
const valueIn = ({ stringValue, numberValue, boolValue, nullValue }: PartialArg): unknown =>
  stringValue ?? numberValue ?? boolValue ?? (nullValue === undefined ? undefined : null);

/** The value with another one at the end of a path; text is added to the text that is there. */
const placed = (target: unknown, [segment, ...rest]: JsonPath, value: unknown): unknown => {
  if (segment === undefined) return typeof target === 'string' && typeof value === 'string' ? target + value : value;
  if (segment === '*') return target;
  if ('index' in segment) {
    const list: readonly unknown[] = Array.isArray(target) ? target : [];
    const at = Math.min(segment.index, list.length); // no holes
    return [...list.slice(0, at), placed(list[at], rest, value), ...list.slice(at + 1)];
  }
  const members = isRecord(target) ? target : {};
  // An entry and no assignment, so that a member called `__proto__` stays one.
  const known = Object.hasOwn(members, segment.name) ? members[segment.name] : undefined;
  return Object.fromEntries([...Object.entries(members), [segment.name, placed(known, rest, value)]]);
};

/**
 * A call with what a further part of it brings: arguments as a whole, or values by their JSON paths, which the enterprise
 * endpoint sends when asked for (`streamFunctionCallArguments`). Values whose path cannot be read are left out.
 */
export const addToCall = (
  call: PartialCall | undefined,
  { id, name, args = {}, partialArgs = [] }: Call,
  signature: string | undefined,
): PartialCall => ({
  id: call?.id ?? (id === '' ? undefined : id),
  name: call?.name ?? name,
  signature: signature ?? call?.signature,
  args: partialArgs.reduce<Members>(
    (all, part) => {
      const path = pathOf(part.jsonPath);
      const value = valueIn(part);
      if (path.length === 0 || value === undefined) return all;
      const changed = placed(all, path, value);
      return isRecord(changed) ? changed : all;
    },
    { ...call?.args, ...args },
  ),
});
