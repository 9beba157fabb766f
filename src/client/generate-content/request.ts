import type { GenerateContentPart } from '../../events/generate-content/index.js';

/** A part of a prompt. Bare text is one, too. */
export type GenerateContentRequestPart = string | GenerateContentPart | object;

/** What one side said. */
export interface GenerateContentRequestContent {
  /** `user` by default, or `model`. */
  readonly role?: string | undefined;
  readonly parts?: readonly GenerateContentRequestPart[] | undefined;
}

/**
 * A request to the older endpoint: the body of its REST surface (`generationConfig`, `tools`, …), or the parameters of the official
 * SDK (`model`, `contents`, `config`). The types of the SDK fit.
 */
export interface GenerateContentRequest {
  /** In REST it stands in the address. */
  readonly model?: string | undefined;
  readonly contents:
    | GenerateContentRequestContent
    | GenerateContentRequestPart
    | readonly (GenerateContentRequestContent | GenerateContentRequestPart)[];
  /** Of the SDK: everything else. */
  readonly config?: object | undefined;
  readonly systemInstruction?: GenerateContentRequestContent | string | undefined;
  readonly tools?: readonly object[] | undefined;
  readonly toolConfig?: object | undefined;
  readonly generationConfig?: object | undefined;
  readonly safetySettings?: readonly object[] | undefined;
  readonly cachedContent?: string | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly serviceTier?: string | undefined;
  readonly store?: boolean | undefined;
}
