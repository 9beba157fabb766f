import type { Diagnostic } from '../protocol/index.js';
import { environment, firstSaid, presence } from './environment.js';
import { refuseRequest } from './refuse-request.js';

/** Which project of the enterprise endpoint is asked, and where (wire-format 1.4). */
export interface EnterpriseConfig {
  /** The project's id or number. @defaultValue `GOOGLE_CLOUD_PROJECT` */
  readonly project?: string | undefined;
  /** A region like `us-central1`, one of the multi-regions `us` and `eu`, or `global`. @defaultValue `GOOGLE_CLOUD_LOCATION`, else `global` */
  readonly location?: string | undefined;
}

/** Ask for the enterprise endpoint; the newer one is heard first. */
const VARIABLES = ['GOOGLE_GENAI_USE_ENTERPRISE', 'GOOGLE_GENAI_USE_VERTEXAI'];

/** Which project the enterprise endpoint is asked for, if it is asked: by the config, else by the environment. */
export const enterpriseOf = (
  { enterprise }: { readonly enterprise?: EnterpriseConfig | false | undefined },
  report: (diagnostic: Diagnostic) => void,
): EnterpriseConfig | undefined => {
  if (enterprise !== undefined) return enterprise || undefined;
  const isAsked = firstSaid(VARIABLES, (text) => text.toLowerCase() === 'true', 'enterprise_ambiguous', report);
  return isAsked ? {} : undefined;
};

/** The host of a location. A location becomes a part of its name, and must not be able to make it another one. */
const baseUrlOf = (location: string): string => {
  if (location === 'global') return 'https://aiplatform.googleapis.com';
  if (location === 'us' || location === 'eu') return `https://aiplatform.${location}.rep.googleapis.com`;
  if (/^[a-z\d](?:[a-z\d-]*[a-z\d])?$/i.test(location)) return `https://${location}-aiplatform.googleapis.com`;
  return refuseRequest(['enterprise.location'], `${JSON.stringify(location)} is not a location`);
};

/** Where an endpoint is, and what stands between the version and `interactions` there, segment by segment. */
export interface Site {
  readonly baseUrl: string;
  readonly parent: readonly string[];
}

/**
 * The enterprise endpoint of a project, by the rules of wire-format 1.4. Behind a base URL of somebody's own nothing stands
 * before `interactions` unless the config names the project or the location: what is there may know them by itself.
 */
export const enterpriseSite = (
  config: EnterpriseConfig,
  ownBaseUrl: string | undefined = environment('GOOGLE_VERTEX_BASE_URL'),
): Site => {
  const project = presence(config.project);
  const given = presence(config.location);
  if (ownBaseUrl !== undefined && project === undefined && given === undefined) {
    return { baseUrl: ownBaseUrl, parent: [] };
  }
  const location = given ?? environment('GOOGLE_CLOUD_LOCATION') ?? 'global';
  return {
    baseUrl: ownBaseUrl ?? baseUrlOf(location),
    parent: [
      'projects',
      project ??
        environment('GOOGLE_CLOUD_PROJECT') ??
        refuseRequest(
          ['enterprise.project'],
          'The enterprise endpoint needs a project: give enterprise.project, or set GOOGLE_CLOUD_PROJECT (enterprise: false asks the Gemini API)',
        ),
      'locations',
      location,
    ],
  };
};
