import { toInteractionRequest } from '../../client/generate-content/index.js';
import { isRecord } from '../../internal/is-record.js';
import { type CheckedRequest, checkRequest } from '../check-request.js';
import { checkValue } from '../check-value.js';
import { invalid } from '../refusal.js';
import { bodyAt } from './body.js';
import { checkContents } from './check-contents.js';
import { spellAs } from './spell-as.js';

/** Where a request to the older endpoint was sent. */
export interface Addressed {
  /** The model stands in the path. */
  readonly model: string;
  readonly isEnterprise: boolean;
}

/**
 * Reads the body of a request to the older endpoint as a request for an interaction that is not stored, or refuses it: what
 * is wrong with it as it stands, and then what would be wrong with the same request to the newer endpoint.
 */
export const checkGenerate = (body: unknown, { model, isEnterprise }: Addressed): CheckedRequest => {
  if (!isRecord(body)) throw invalid('The body has to be a JSON object.');
  const codec = bodyAt(isEnterprise);
  const spelt = spellAs(codec, body);
  checkValue(codec, spelt);
  const decoded = codec.decode(spelt);
  if (decoded._tag === 'Left') throw invalid('The body is no request.'); // not reached: it has just been checked
  const { contents = [], ...older } = decoded.right;
  checkContents(contents);
  const { candidateCount = 1 } = older.generationConfig ?? {};
  if (candidateCount !== 1) throw invalid('Multiple candidates is not enabled for this model');
  const { request, unsupported } = toInteractionRequest({ ...older, contents, model }, { enterprise: isEnterprise });
  const stray = unsupported.find(({ path }) => path.endsWith('.functionResponse'));
  if (stray) throw invalid(`${stray.path}: ${stray.reason}.`);
  return checkRequest({ ...request, store: false }, isEnterprise);
};
