export type { GenerateContentRequest, GenerateContentRequestContent, GenerateContentRequestPart } from './request.js';
export { UNKNOWN, type UnsupportedMember } from './rules.js';
export {
  type ConvertedRequest,
  toInteractionRequest,
  type ToInteractionRequestConfig,
} from './to-interaction-request.js';
