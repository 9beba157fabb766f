/** One step from a container to its children: a member by name, an element by index, or (`*`) every child. */
export type JsonPathSegment = { readonly name: string } | { readonly index: number } | '*';

/** The way from a document to values in it. */
export type JsonPath = readonly JsonPathSegment[];

/** Whether a segment leads to the child of an object that has this key, or to that of an array at this index. */
export const leadsTo = (segment: JsonPathSegment | undefined, place: string | number): boolean =>
  segment === '*' || (typeof segment === 'object' && ('name' in segment ? segment.name : segment.index) === place);

const NAME = String.raw`\.(?<name>[^.[\]"'*\s]+)`;
const QUOTED = String.raw`"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"`;
const SEGMENT = new RegExp(String.raw`${NAME}|\[(?:(?<index>0|[1-9]\d*)|(?<all>\*)|(?<quoted>${QUOTED}))\]`, 'uy');

/**
 * Reads a path: `$` for the document (it may be left out), `.name` or `["name"]` for a member of an object, `[n]` for an
 * element of an array, `[*]` for every child of either. Throws a `TypeError` that says where it is something else.
 */
export const parseJsonPath = (path: string): JsonPath => {
  // A path may begin with a name; it is read as if `$.` stood before it.
  const added = /^[$[]/.test(path) ? '' : '$.';
  const source = added + path;
  const segments: JsonPathSegment[] = [];
  let at = source.startsWith('$') ? 1 : 0;
  while (at < source.length) {
    SEGMENT.lastIndex = at;
    const match = SEGMENT.exec(source);
    if (match === null) throw badPath(path, Math.max(0, at - added.length));
    segments.push(segmentOf(match.groups ?? {}));
    at = SEGMENT.lastIndex;
  }
  return segments;
};

const segmentOf = ({ name, index, quoted }: Readonly<Partial<Record<string, string>>>): JsonPathSegment => {
  if (name !== undefined) return { name };
  if (index !== undefined) return { index: Number(index) };
  // Safe: the pattern lets only the JSON form of a string through.
  return quoted === undefined ? '*' : { name: JSON.parse(quoted) as string };
};

const badPath = (path: string, offset: number): TypeError =>
  new TypeError(
    `No path into JSON: ${JSON.stringify(path)} at ${String(offset)}; write $, .name, ["name"], [0] or [*]`,
  );
