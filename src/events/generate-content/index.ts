export { decodeGenerateContent, type DecodeGenerateContentConfig } from './decode-generate-content.js';
export { fromGenerateContent, type GenerateContentSource } from './from-generate-content.js';
export { mediaBlockOf } from './media-block.js';
export type {
  GenerateContentCandidate,
  GenerateContentPart,
  GenerateContentResponse,
  GenerateContentUsage,
  GroundingChunk,
  GroundingMetadata,
  GroundingSupport,
} from './response.js';
