import { defined } from '../../internal/defined.js';
import type { InteractionRequest, OpenEnum } from '../../protocol/index.js';
import type { AgentRequest } from './agent-request.js';

export interface DeepResearchRequest extends Omit<AgentRequest, 'background' | 'store' | 'system_instruction'> {
  /** Which one. @defaultValue `deep-research-preview-04-2026` */
  readonly agent?:
    | OpenEnum<
        'deep-research-pro-preview-12-2025' | 'deep-research-preview-04-2026' | 'deep-research-max-preview-04-2026'
      >
    | undefined;
  /** Whether it tells what it is doing, as summaries of thoughts: `auto` or `none`. @defaultValue left to the server */
  readonly thinking_summaries?: OpenEnum<'auto' | 'none'> | undefined;
  /**
   * `true` for a plan and nothing more: approve it, or ask for another one, with a request that has its id as
   * `previous_interaction_id`. `false` there starts the research. @defaultValue left to the server: no plan
   */
  readonly collaborative_planning?: boolean | undefined;
  /** Whether it may draw: `off` or `auto`. @defaultValue left to the server */
  readonly visualization?: OpenEnum<'off' | 'auto'> | undefined;
  /** Whether it may query BigQuery; on the enterprise endpoint only. @defaultValue left to the server */
  readonly enable_bigquery_tool?: boolean | undefined;
  /** Deep research is always stored, and always runs in the background. */
  readonly store?: true | undefined;
  /** Deep research is always stored, and always runs in the background. */
  readonly background?: true | undefined;
  /** It does not take one: put it before the input. */
  readonly system_instruction?: undefined;
  /** It is an agent; the models behind it are its own. */
  readonly model?: undefined;
}

/**
 * The request for a deep-research agent, with what it insists on (wire-format 2.8, 9.4): stored, in the background, no system
 * instruction. For {@link runBackground}: it takes minutes.
 *
 * @example
 * ```ts
 * runBackground(client, deepResearch({ input: 'Research the history of Google TPUs.', thinking_summaries: 'auto' }))
 *   .pipe(reduceInteraction())
 *   .subscribe((report) => console.log(report.status)); // completed
 * ```
 */
export const deepResearch = ({
  agent = 'deep-research-preview-04-2026',
  thinking_summaries,
  collaborative_planning,
  visualization,
  enable_bigquery_tool,
  ...rest
}: DeepResearchRequest): InteractionRequest => ({
  ...rest,
  agent,
  background: true,
  store: true,
  agent_config: defined({
    type: 'deep-research',
    thinking_summaries,
    collaborative_planning,
    visualization,
    enable_bigquery_tool,
  }),
});
