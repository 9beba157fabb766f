/** What a path leads to. */
export type Route =
  | {
      readonly name: 'interactions';
      /** Whether it is on the enterprise endpoint, where a project and a location stand before it (wire-format 1.4). */
      readonly isEnterprise: boolean;
    }
  | { readonly name: 'interaction' | 'cancel'; readonly id: string };

/** What can be done at each place. */
export const METHODS: Readonly<Record<Route['name'], readonly string[]>> = {
  interactions: ['POST'],
  interaction: ['GET', 'DELETE'],
  cancel: ['POST'],
};

/** Any version; on the enterprise endpoint a project and a location stand behind it. */
const PATH = /^\/[^/]+(\/projects\/[^/]+\/locations\/[^/]+)?\/interactions(?:\/([^/]+)(\/cancel)?)?$/;

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
  const [, project, segment, cancel] = match;
  if (segment === undefined) return { name: 'interactions', isEnterprise: project !== undefined };
  const id = decoded(segment);
  return id === undefined ? undefined : { name: cancel === undefined ? 'interaction' : 'cancel', id };
};
