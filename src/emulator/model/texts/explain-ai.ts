/** How AI works, in a few words. */
export const AI_IN_A_FEW_WORDS =
  'AI learns patterns from data, then uses those patterns to make predictions or decisions on new data.';

/** How AI works, in a few paragraphs. */
export const AI_EXPLAINED = `AI works by learning from examples instead of following rules that somebody wrote down.

### 1. Data
A model is shown very many examples: texts, pictures, sounds. What it knows, it knows from them.

### 2. Training
The model is a long chain of simple calculations with millions or billions of adjustable numbers, its **parameters**. It guesses, the guess is compared with the example, and every parameter is moved a little so that the next guess is closer. This is repeated until the guesses are good.

### 3. Inference
After that the parameters stay as they are. Given something new, the model applies the patterns it has found: a language model computes which piece of text is likely to come next, adds it, and goes on from there.

### 4. Feedback
People rate answers, and further training makes the useful ones more likely. The model does not look things up unless it is given a tool for that, so it can be wrong and sound right.`;
