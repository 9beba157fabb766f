import { concatMap, delay, from, type MonoTypeOperatorFunction, of, type SchedulerLike } from 'rxjs';

/** How a body is cut. */
export interface PiecesConfig {
  /** How many bytes a piece has, each time. */
  readonly size: () => number;
  /** Before each piece, in ms. */
  readonly ms: number;
  readonly scheduler: SchedulerLike;
}

function* piecesOf(chunk: Uint8Array, size: () => number): Generator<Uint8Array> {
  for (let from = 0; from < chunk.byteLength;) {
    const to = from + size();
    yield chunk.subarray(from, to);
    from = to;
  }
}

/** A body in other pieces, each on its own: what waits in between is what keeps them apart on a socket. */
export const inPieces = ({ size, ms, scheduler }: PiecesConfig): MonoTypeOperatorFunction<Uint8Array> =>
  concatMap((chunk) => from(piecesOf(chunk, size)).pipe(concatMap((piece) => of(piece).pipe(delay(ms, scheduler)))));
