import type * as t from 'io-ts';

import * as protocol from '../../src/protocol/index.js';
import { type Equal, typed } from '../support/types.js';

/** Whether what a codec decodes to is what the type of its name says. */
type Decodes<Codec extends t.Any, Named> = Equal<t.TypeOf<Codec>, Named>;

// The compiler is the test.
describe('a codec decodes to the type of its name', () => {
  it('for unions', () => {
    typed<Decodes<typeof protocol.InteractionEvent, protocol.InteractionEvent>>();
    typed<Decodes<typeof protocol.Step, protocol.Step>>();
    typed<Decodes<typeof protocol.Delta, protocol.Delta>>();
    typed<Decodes<typeof protocol.Content, protocol.Content>>();
    typed<Decodes<typeof protocol.Annotation, protocol.Annotation>>();
    typed<Decodes<typeof protocol.Tool, protocol.Tool>>();
    typed<Decodes<typeof protocol.ResponseFormat, protocol.ResponseFormat>>();
    typed<Decodes<typeof protocol.InteractionInput, protocol.InteractionInput>>();
    typed<Decodes<typeof protocol.InteractionStatus, protocol.InteractionStatus>>();
  });

  it('for events', () => {
    typed<Decodes<typeof protocol.InteractionCreated, protocol.InteractionCreated>>();
    typed<Decodes<typeof protocol.InteractionStatusUpdate, protocol.InteractionStatusUpdate>>();
    typed<Decodes<typeof protocol.StepStart, protocol.StepStart>>();
    typed<Decodes<typeof protocol.StepDelta, protocol.StepDelta>>();
    typed<Decodes<typeof protocol.StepStop, protocol.StepStop>>();
    typed<Decodes<typeof protocol.InteractionCompleted, protocol.InteractionCompleted>>();
    typed<Decodes<typeof protocol.ErrorEvent, protocol.ErrorEvent>>();
  });

  it('for what events are made of', () => {
    typed<Decodes<typeof protocol.InteractionResource, protocol.InteractionResource>>();
    typed<Decodes<typeof protocol.Usage, protocol.Usage>>();
    typed<Decodes<typeof protocol.ModelOutputStep, protocol.ModelOutputStep>>();
    typed<Decodes<typeof protocol.FunctionCallStep, protocol.FunctionCallStep>>();
    typed<Decodes<typeof protocol.TextDelta, protocol.TextDelta>>();
    typed<Decodes<typeof protocol.TextContent, protocol.TextContent>>();
    typed<Decodes<typeof protocol.UrlCitation, protocol.UrlCitation>>();
    typed<Decodes<typeof protocol.InteractionRequest, protocol.InteractionRequest>>();
  });
});

describe('a type says what its codec accepts', () => {
  it('by the tags of a union', () => {
    typed<Equal<protocol.Content['type'], 'text' | 'image' | 'audio' | 'video' | 'document' | 'unknown'>>();
    typed<
      Equal<
        protocol.InteractionEvent['event_type'],
        | 'interaction.created'
        | 'interaction.status_update'
        | 'step.start'
        | 'step.delta'
        | 'step.stop'
        | 'interaction.completed'
        | 'error'
        | 'unknown'
      >
    >();
    expect(Object.keys(protocol.Content.cases)).toEqual(['text', 'image', 'audio', 'video', 'document']);
  });

  it('by the members of a shape', () => {
    typed<Equal<protocol.TextContent['text'], string>>();
    typed<Equal<protocol.TextContent['annotations'], readonly protocol.Annotation[] | undefined>>();
    typed<Equal<protocol.ModelOutputStep['content'], readonly protocol.Content[] | undefined>>();
    typed<Equal<protocol.FunctionCallStep['arguments'], Readonly<Record<string, unknown>> | undefined>>();
    typed<Equal<protocol.StepStart['step'], protocol.Step>>();
    typed<Equal<protocol.StepDelta['delta'], protocol.Delta>>();
    typed<Equal<protocol.StepStop['usage'], protocol.Usage | undefined>>();
    typed<Equal<protocol.InteractionCreated['interaction'], protocol.InteractionResource>>();
    typed<Equal<protocol.InteractionResource['steps'], readonly protocol.Step[] | undefined>>();
    typed<Equal<protocol.Usage['total_tokens'], number | undefined>>();
    expect(protocol.TextContent.is({ type: 'text', text: 'a' })).toBe(true);
  });
});
