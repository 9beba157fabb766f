/** What a path leads to. */
export type Route =
  | {
      readonly name: 'interactions';
      /** Whether it is on the enterprise endpoint, where a project and a location stand before it (wire-format 1.4). */
      readonly isEnterprise: boolean;
    }
  | { readonly name: 'interaction' | 'cancel'; readonly id: string }
  | {
      /** A model, at the older endpoint: `:generateContent`, or `:streamGenerateContent`. */
      readonly name: 'model';
      readonly model: string;
      readonly isStreaming: boolean;
      readonly isEnterprise: boolean;
    };

/** What can be done at each place. */
export const METHODS: Readonly<Record<Route['name'], readonly string[]>> = {
  interactions: ['POST'],
  interaction: ['GET', 'DELETE'],
  cancel: ['POST'],
  model: ['POST'],
};

/** Any version; on the enterprise endpoint a project and a location stand behind it. */
const PATH = /^\/[^/]+(\/projects\/[^/]+\/locations\/[^/]+)?\/interactions(?:\/([^/]+)(\/cancel)?)?$/;

/** The same for a model; on the enterprise endpoint its publisher stands behind project and location, if these are there. */
const MODEL_PATH =
  /^\/[^/]+((?:\/projects\/[^/]+\/locations\/[^/]+)?\/publishers\/google)?\/models\/([^/:]+):(g|streamG)enerateContent$/;

const decoded = (segment: string): string | undefined => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
};

const modelRouteOf = (path: string): Route | undefined => {
  const [, publisher, segment, method] = MODEL_PATH.exec(path) ?? [];
  const model = segment === undefined ? undefined : decoded(segment);
  return model === undefined
    ? undefined
    : { name: 'model', model, isStreaming: method === 'streamG', isEnterprise: publisher !== undefined };
};

/** The place that a path names, if there is one. */
export const routeOf = (path: string): Route | undefined => {
  const match = PATH.exec(path);
  if (!match) return modelRouteOf(path);
  const [, project, segment, cancel] = match;
  if (segment === undefined) return { name: 'interactions', isEnterprise: project !== undefined };
  const id = decoded(segment);
  return id === undefined ? undefined : { name: cancel === undefined ? 'interaction' : 'cancel', id };
};
