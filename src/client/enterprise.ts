import { RequestError } from '../errors/index.js';
import { environment, presence } from './environment.js';

/** Which project of the enterprise endpoint is asked, and where (wire-format 1.4). */
export interface EnterpriseConfig {
  /** The project's id or number. @defaultValue `GOOGLE_CLOUD_PROJECT` */
  readonly project?: string | undefined;
  /** A region like `us-central1`, one of the multi-regions `us` and `eu`, or `global`. @defaultValue `GOOGLE_CLOUD_LOCATION`, else `global` */
  readonly location?: string | undefined;
}

/** What the choice of the endpoint is made from. */
export interface EnterpriseChoice {
  readonly enterprise?: EnterpriseConfig | false | undefined;
}

/** Ask for the enterprise endpoint; the newer one is heard first. */
const VARIABLES = ['GOOGLE_GENAI_USE_ENTERPRISE', 'GOOGLE_GENAI_USE_VERTEXAI'] as const;

const MULTI_REGIONS: ReadonlySet<string> = new Set(['us', 'eu']);

const answers = (): readonly boolean[] =>
  VARIABLES.flatMap((name) => {
    const value = environment(name);
    return value === undefined ? [] : [value.toLowerCase() === 'true'];
  });

/** Whether the enterprise endpoint is asked for: by the config, else by the environment. */
export const isEnterprise = ({ enterprise }: EnterpriseChoice): boolean =>
  enterprise === undefined ? (answers()[0] ?? false) : enterprise !== false;

/** Whether nobody but the environment chooses the endpoint, and its two variables say different things. */
export const isChoiceAmbiguous = ({ enterprise }: EnterpriseChoice): boolean => {
  const [newer, older] = answers();
  return enterprise === undefined && older !== undefined && newer !== older;
};

/** Whether the config itself names the project or the location. */
const isNamed = ({ project, location }: EnterpriseConfig): boolean =>
  presence(project) !== undefined || presence(location) !== undefined;

const locationOf = ({ location }: EnterpriseConfig): string =>
  presence(location) ?? environment('GOOGLE_CLOUD_LOCATION') ?? 'global';

const projectOf = ({ project }: EnterpriseConfig): string => {
  const name = presence(project) ?? environment('GOOGLE_CLOUD_PROJECT');
  if (name === undefined) {
    throw new RequestError(
      ['enterprise.project'],
      'The enterprise endpoint needs a project: give enterprise.project, or set GOOGLE_CLOUD_PROJECT (enterprise: false asks the Gemini API)',
    );
  }
  return name;
};

/** The host of a location. A location becomes a part of its name, and must not be able to make it another one. */
const baseUrlOf = (location: string): string => {
  if (location === 'global') return 'https://aiplatform.googleapis.com';
  if (MULTI_REGIONS.has(location)) return `https://aiplatform.${location}.rep.googleapis.com`;
  if (/^[a-z\d](?:[a-z\d-]*[a-z\d])?$/i.test(location)) return `https://${location}-aiplatform.googleapis.com`;
  throw new RequestError(['enterprise.location'], `${JSON.stringify(location)} is not a location`);
};

/** Where the enterprise endpoint is, and what stands between the version and `interactions` there, segment by segment. */
export interface EnterpriseSite {
  readonly baseUrl: string;
  readonly parent: readonly string[];
}

/**
 * The enterprise endpoint of a project, by the rules of wire-format 1.4. Behind a base URL of somebody's own nothing stands
 * before `interactions` unless the config names the project or the location: what is there may know them by itself.
 */
export const enterpriseSite = (
  { enterprise }: EnterpriseChoice,
  ownBaseUrl: string | undefined = environment('GOOGLE_VERTEX_BASE_URL'),
): EnterpriseSite => {
  const config = enterprise === false ? {} : (enterprise ?? {});
  if (ownBaseUrl !== undefined && !isNamed(config)) return { baseUrl: ownBaseUrl, parent: [] };
  const location = locationOf(config);
  return {
    baseUrl: ownBaseUrl ?? baseUrlOf(location),
    parent: ['projects', projectOf(config), 'locations', location],
  };
};
