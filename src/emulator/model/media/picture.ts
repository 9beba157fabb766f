/** A picture of 96 × 64 pixels, in the two formats that are asked for: base64. */
export interface Picture {
  readonly png: string;
  readonly jpeg: string;
}
