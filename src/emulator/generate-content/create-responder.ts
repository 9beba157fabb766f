import { isRecord } from '../../internal/is-record.js';
import { faultIn, type Finish, finishOf, finishOfFault } from './finish.js';
import { createGrounding } from './grounding.js';
import { type Members, type Part, partOfBlock, partOfCall, partOfCode, partOfCodeResult } from './part-of.js';
import { type RpcError, rpcError } from './rpc-error.js';
import { usageMetadataOf } from './usage-metadata.js';

/** An answer of the older endpoint, or a chunk of one. */
export interface OlderResponse {
  readonly candidates?: readonly [OlderCandidate];
  readonly usageMetadata?: Members;
  readonly modelVersion?: string;
  readonly responseId?: string;
  /** Instead of everything else. */
  readonly error?: RpcError;
}

/** The one candidate that there is. */
export interface OlderCandidate extends Partial<Finish> {
  readonly content: { readonly parts: readonly Part[]; readonly role: 'model' };
  readonly index: 0;
}

/** What every response of an answer says. */
export interface Identity {
  readonly model: string;
  /** Whether the model is from before Gemini 3: its calls have neither ids nor signatures, as the migration guide shows. */
  readonly isEarlier: boolean;
  readonly responseId: string;
}

/** A step that is being told of. */
interface OpenStep {
  members: Members;
  /** The JSON text of a call's arguments. */
  text: string;
  /** Where the text that annotations are about begins in the whole text, in UTF-8 bytes (rule R3). */
  textStart: number;
  isInText: boolean;
}

const listAt = (members: Members, key: string): readonly unknown[] => {
  const value = members[key];
  return Array.isArray(value) ? value : [];
};

/**
 * Tells of an interaction as the older endpoint would: takes its events, in order, and gives the responses that each of them
 * amounts to.
 *
 * Text and media pass as they come. A call is told when it is complete. What the server's tools did is told at the end, as
 * what the answer rests on; code that it ran has parts of its own. A signature stands on the call behind its thought, or
 * else at the end of the answer.
 */
export const createResponder = ({
  model,
  isEarlier,
  responseId,
}: Identity): ((event: object | string) => readonly OlderResponse[]) => {
  const open = new Map<unknown, OpenStep>();
  const grounding = createGrounding();
  const encoder = new TextEncoder();
  let whole = '';
  let length = 0;
  let signature: string | undefined;
  let malformed: string | undefined;

  const responseOf = (parts: readonly Part[], ending: Members = {}, usageMetadata?: Members): OlderResponse => ({
    candidates: [{ content: { parts, role: 'model' }, ...ending, index: 0 }],
    ...(usageMetadata && { usageMetadata }),
    modelVersion: model,
    responseId,
  });
  const told = (part: Part | undefined): readonly OlderResponse[] => (part ? [responseOf([part])] : []);

  /** An empty one is none (quirk Q2). */
  const keepSignature = ({ signature: given }: Members): void => {
    if (typeof given === 'string' && given !== '') signature = given;
  };

  const sign = (part: Part): Part => {
    const taken = signature;
    signature = undefined;
    return taken === undefined || isEarlier ? part : { ...part, thoughtSignature: taken };
  };

  const end = (finish: Finish, usage?: unknown): OlderResponse =>
    responseOf([sign({ text: '' })], { ...finish, ...grounding.toMembers(whole) }, usageMetadataOf(usage));

  const tellText = (step: OpenStep, text: string): readonly OlderResponse[] => {
    if (text === '') return [];
    if (!step.isInText) Object.assign(step, { isInText: true, textStart: length });
    whole += text;
    length += encoder.encode(text).length;
    return told({ text });
  };

  const tellBlock = (step: OpenStep, block: unknown): readonly OlderResponse[] => {
    if (!isRecord(block)) return [];
    if (block['type'] !== 'text') {
      step.isInText = false;
      return told(partOfBlock(block));
    }
    const responses = tellText(step, String(block['text']));
    grounding.addAnnotations(block['annotations'], step.textStart);
    return responses;
  };

  const tellThought = (content: unknown): readonly OlderResponse[] => {
    const part = partOfBlock(content);
    return told(part && { ...part, thought: true });
  };

  const start = (index: unknown, members: Members): readonly OlderResponse[] => {
    const step: OpenStep = { members, text: '', textStart: length, isInText: false };
    open.set(index, step);
    if (members['type'] === 'model_output')
      return listAt(members, 'content').flatMap((block) => tellBlock(step, block));
    if (members['type'] !== 'thought') return [];
    keepSignature(members);
    return listAt(members, 'summary').flatMap(tellThought);
  };

  const change = (step: OpenStep, delta: Members): readonly OlderResponse[] => {
    switch (delta['type']) {
      case 'text_annotation_delta':
        grounding.addAnnotations(delta['annotations'], step.textStart);
        return [];
      case 'thought_summary':
        return tellThought(delta['content']);
      case 'thought_signature':
        keepSignature(delta);
        return [];
      case 'arguments_delta':
        step.text += String(delta['arguments']);
        return [];
      case step.members['type']:
        step.members = { ...step.members, ...delta };
        return [];
      default:
        return tellBlock(step, delta);
    }
  };

  const stop = ({ members, text }: OpenStep): readonly OlderResponse[] => {
    const { type, name } = members;
    if (type === 'code_execution_call') return told(partOfCode(members));
    if (type === 'code_execution_result') return told(partOfCodeResult(members));
    if (type !== 'function_call') {
      grounding.addTool(members);
      return [];
    }
    const call = partOfCall(members, text, !isEarlier);
    if (call) {
      keepSignature(members);
      return told(sign(call));
    }
    malformed ??= `Malformed function call: ${String(name)}(${text})`;
    return [];
  };

  const complete = ({ status, errors, usage }: Members): readonly OlderResponse[] => [
    end(
      malformed === undefined
        ? finishOf(status, errors)
        : { finishReason: 'MALFORMED_FUNCTION_CALL', finishMessage: malformed },
      usage,
    ),
  ];

  const fail = (error: unknown): readonly OlderResponse[] => {
    const fault = faultIn(error);
    if (!fault) return []; // it says nothing (quirk Q11)
    const finish = finishOfFault(fault);
    return [finish ? end(finish) : { error: rpcError(fault.code, fault.message) }];
  };

  return (event) => {
    if (!isRecord(event)) return [];
    const { index, step, delta, interaction, error } = event as Readonly<
      Partial<Record<'index' | 'step' | 'delta' | 'interaction' | 'error', unknown>>
    >;
    const current = open.get(index);
    switch (event['event_type']) {
      case 'step.start':
        return isRecord(step) ? start(index, step) : [];
      case 'step.delta':
        return current && isRecord(delta) ? change(current, delta) : [];
      case 'step.stop':
        open.delete(index);
        return current ? stop(current) : [];
      case 'interaction.completed':
        return isRecord(interaction) ? complete(interaction) : [];
      case 'error':
        return fail(error);
      default: // of the life of an interaction the older endpoint says nothing
        return [];
    }
  };
};
