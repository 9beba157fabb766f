/** What a turn adds to the events of its interactions. `turn.started` begins a new timeline; the others change nothing. */
export interface TurnMark {
  readonly event_type:
    | 'turn.started'
    | 'turn.completed'
    | 'turn.failed'
    | 'turn.interrupted'
    | 'tool.call'
    | 'tool.progress'
    | 'tool.result'
    | 'tool.approval_required';
}
