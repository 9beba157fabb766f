/** What a path leads to. */
export type Route =
  { readonly name: 'interactions' } | { readonly name: 'interaction' | 'cancel'; readonly id: string };

/** What can be done at each place. */
export const METHODS: Readonly<Record<Route['name'], readonly string[]>> = {
  interactions: ['POST'],
  interaction: ['GET', 'DELETE'],
  cancel: ['POST'],
};

/** Any version; on the enterprise endpoint a project and a location stand behind it (wire-format 1.4). */
const PATH = /^\/[^/]+(?:\/projects\/[^/]+\/locations\/[^/]+)?\/interactions(?:\/([^/]+)(\/cancel)?)?$/;

const decoded = (segment: string): string | undefined => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
};

/** The place that a path names, if there is one. */
export const routeOf = (path: string): Route | undefined => {
  const match = PATH.exec(path);
  if (!match) return undefined;
  const [, segment, cancel] = match;
  if (segment === undefined) return { name: 'interactions' };
  const id = decoded(segment);
  return id === undefined ? undefined : { name: cancel === undefined ? 'interaction' : 'cancel', id };
};
