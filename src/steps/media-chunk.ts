/** The kinds of content whose bytes are not text. */
export type MediaModality = 'image' | 'audio' | 'video' | 'document';

/** What is known of a block of media besides its bytes. */
export interface MediaInfo {
  /** The place of its step in `interaction.steps`. */
  readonly position: number;
  /** The place of the block in the step's `content`. */
  readonly block: number;
  /** As the server says; `undefined` if it does not. Nothing is assumed. */
  readonly mimeType: string | undefined;
  /** Of sound, in Hz. */
  readonly sampleRate?: number | undefined;
  /** Of sound. */
  readonly channels?: number | undefined;
}

/** A piece of a block of media, as it arrived. */
export interface MediaChunk extends MediaInfo {
  /** The bytes of this piece; none where the block is only referred to. The last piece of a sound may be empty. */
  readonly bytes?: Uint8Array<ArrayBuffer> | undefined;
  /** Where the block can be fetched, if it did not come inline. */
  readonly uri?: string | undefined;
  /** Whether the block begins with it. */
  readonly first: boolean;
  /** Whether the block is complete with it. */
  readonly last: boolean;
}

/** A whole block of media: inline, by reference, or both. */
export interface MediaBlock extends MediaInfo {
  readonly bytes?: Uint8Array<ArrayBuffer> | undefined;
  readonly uri?: string | undefined;
}
