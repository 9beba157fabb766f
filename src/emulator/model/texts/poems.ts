const DEBUGGING = `I read the code from end to end,
And every line was right;
The bug sat smiling in a test
That passed again last night.

I wrote it down, I slept on it,
I told it to the cat:
The answer was a minus sign.
Who would have thought of that?`;

/** A short poem about anything; about nothing in particular where there is no subject. */
export const poemAbout = (subject = 'nothing much'): string =>
  /\bdebugging\b/i.test(subject)
    ? DEBUGGING
    : `Of ${subject} I was asked to sing
In four short lines, no more:
It is a very common thing
That no one rhymed before.`;
