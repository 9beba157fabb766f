import { assertNever } from '../internal/assert-never.js';
import { isLive } from '../protocol/index.js';
import type { Mint } from './mint.js';
import type { Cut, Interruption, Pause, RawPart, Reply, ReplyPart, ServerToolPart, Stall } from './reply.js';

/** An event at its turn: an object, or `data` that is not even JSON. */
export interface EventEntry {
  readonly kind: 'event';
  readonly event: object | string;
}

/** The final event at its turn. What it says of usage and time is known only then. */
export interface FinalEntry {
  readonly kind: 'final';
  readonly status: string;
  readonly members: Readonly<Record<string, unknown>>;
}

/** `[DONE]`. */
export interface DoneEntry {
  readonly kind: 'done';
}

/** What happens in an interaction, in order. */
export type Entry = EventEntry | FinalEntry | DoneEntry | RawPart | Cut | Pause | Stall;

/** The interaction that a reply is given in. */
export interface Frame {
  /** Empty if the interaction is not stored (quirk Q1). */
  readonly id: string;
  /** What `interaction.created` says of it. */
  readonly created: object;
  /** How long it waits, in ms, until it is in progress. */
  readonly queued: number;
  readonly mint: Mint;
}

const happening = (event: object | string): EventEntry => ({ kind: 'event', event });

/** Whether it happens between two pieces, and is none. */
export const isInterruption = (value: object): value is Interruption =>
  'kind' in value && (value.kind === 'cut' || value.kind === 'pause' || value.kind === 'stall');

const stepEntries = (index: number, start: object, deltas: readonly (object | Interruption)[]): readonly Entry[] => [
  happening({ index, step: start, event_type: 'step.start' }),
  ...deltas.map((delta) => (isInterruption(delta) ? delta : happening({ index, delta, event_type: 'step.delta' }))),
  happening({ index, event_type: 'step.stop' }),
];

const piecesAs = <Piece extends string | object>(
  pieces: readonly (Piece | Interruption)[],
  deltaOf: (piece: Piece) => object,
): readonly (object | Interruption)[] =>
  pieces.map((piece) => (typeof piece === 'object' && isInterruption(piece) ? piece : deltaOf(piece)));

/** Both start bare; what they are made of comes in their deltas (quirk Q3), and so does the signature (Q2). */
const serverToolEntries = ({ tool, call, result }: ServerToolPart, index: number, mint: Mint): readonly Entry[] => {
  const id = mint.callId();
  const isSigned = tool !== 'mcp_server_tool';
  const entriesFor = (at: number, type: string, start: object, members: object): readonly Entry[] =>
    stepEntries(at, { ...start, ...(isSigned && { signature: '' }), type }, [
      { ...(isSigned && { signature: mint.signature() }), type, ...members },
    ]);
  return [
    ...entriesFor(index, `${tool}_call`, { id }, call),
    ...entriesFor(index + 1, `${tool}_result`, { call_id: id }, result),
  ];
};

const entriesOf = (part: ReplyPart, index: number, { id, mint }: Frame): readonly Entry[] => {
  switch (part.kind) {
    case 'step':
      return stepEntries(index, part.start, part.deltas);
    case 'thought':
      return stepEntries(index, { type: 'thought' }, [
        ...piecesAs(part.summary, (item) => ({
          content: typeof item === 'string' ? { text: item, type: 'text' } : item,
          type: 'thought_summary',
        })),
        { signature: mint.signature(), type: 'thought_signature' },
      ]);
    case 'call':
      return stepEntries(
        index,
        { id: part.id ?? mint.callId(), signature: '', type: 'function_call', name: part.name, arguments: {} },
        piecesAs(part.pieces, (piece) => ({ arguments: piece, type: 'arguments_delta' })),
      );
    case 'server_tool':
      return serverToolEntries(part, index, mint);
    case 'events':
      return part.events.map(happening);
    case 'status':
      return isLive(part.status)
        ? [
            happening({
              interaction_id: id,
              status: part.status,
              ...part.members,
              event_type: 'interaction.status_update',
            }),
          ]
        : [];
    case 'error':
      return [happening({ ...(part.error && { error: part.error }), event_type: 'error' })];
    case 'http':
      return [];
    case 'raw':
    case 'cut':
    case 'pause':
    case 'stall':
      return [part];
    default:
      return assertNever(part);
  }
};

const stepsIn = ({ kind }: ReplyPart): number => {
  if (kind === 'server_tool') return 2;
  return kind === 'step' || kind === 'thought' || kind === 'call' ? 1 : 0;
};

/** How it settles: as the reply says, or by what it holds. */
const finalOf = (reply: Reply): FinalEntry => {
  const said = reply.flatMap((part) => (part.kind === 'status' && !isLive(part.status) ? part : [])).at(-1);
  return said
    ? { kind: 'final', status: said.status, members: said.members }
    : {
        kind: 'final',
        status: reply.some(({ kind }) => kind === 'call') ? 'requires_action' : 'completed',
        members: {},
      };
};

/** The end of the stream; an error, or text that is no message, ends it without one (wire-format 5.1, I9). */
const endingOf = (reply: Reply, isVerbatim: boolean): readonly Entry[] => {
  const last = reply.at(-1)?.kind;
  if (last === 'error' || last === 'raw') return [];
  return isVerbatim ? [{ kind: 'done' }] : [finalOf(reply), { kind: 'done' }];
};

/** What happens in an interaction that is answered like this: the frame of every stream, and the reply in it. */
export const compileReply = (reply: Reply, frame: Frame): readonly Entry[] => {
  const isVerbatim = reply.some(({ kind }) => kind === 'events');
  const opening = isVerbatim
    ? []
    : [
        happening({ interaction: frame.created, event_type: 'interaction.created' }),
        ...(frame.queued > 0 ? [{ kind: 'pause', ms: frame.queued } as const] : []),
        happening({ interaction_id: frame.id, status: 'in_progress', event_type: 'interaction.status_update' }),
      ];
  let index = 0;
  const body = reply.flatMap((part) => {
    const entries = entriesOf(part, index, frame);
    index += stepsIn(part);
    return entries;
  });
  return [...opening, ...body, ...endingOf(reply, isVerbatim)];
};
