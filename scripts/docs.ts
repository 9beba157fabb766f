/**
 * Writes docs/operators.md from the doc comments of the public operators, in the order in which the data flows.
 *
 *     npm run docs             writes docs/operators.md
 *     npm run docs -- FILE     writes elsewhere (test/docs/operators.test.ts compares)
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { format, resolveConfig } from 'prettier';
import ts from 'typescript';

const root = resolve(import.meta.dirname, '..');
const page = join(root, 'docs/operators.md');
const target = resolve(process.argv[2] ?? page);

/** What most operators take is long to say: an event of an interaction, or one that a turn adds. */
const ANY_EVENT = 'InteractionEvent | TurnMark';

const INTRODUCTION = `\
Everything that takes, makes or changes a stream, in the order in which the data flows. In the tables, \`Event\` is what a
stream or a turn emits: \`${ANY_EVENT}\`.

Unless an operator says otherwise, an error of its source passes through, an empty source gives an empty result, and
leaving it leaves the source. Nothing happens before somebody subscribes, and each subscription begins anew.

In the diagrams time goes from left to right:

| Sign | Meaning |
| --- | --- |
| \`c\` | \`interaction.created\` |
| \`s\` | \`step.start\` |
| \`d\` | \`step.delta\` |
| \`p\` | \`step.stop\` |
| \`f\` | \`interaction.completed\`, which settles the interaction |
| \`(xy)\` | both at the same moment |
| \`\\|\` | the end |
| \`#\` | an error |`;

interface Tag {
  readonly name: string;
  readonly text: string;
}

/** A doc comment: what stands before its tags, and the tags. */
interface Comment {
  readonly text: string;
  readonly tags: readonly Tag[];
}

interface Option {
  readonly name: string;
  readonly type: string;
  readonly comment: Comment;
}

interface Operator {
  readonly name: string;
  /** Its source file, from the root. */
  readonly file: string;
  /** One, or one per overload. */
  readonly signatures: readonly string[];
  readonly input: string;
  /** One, or those of its overloads. */
  readonly outputs: readonly string[];
  readonly comment: Comment;
  /** The members of its config. */
  readonly options: readonly Option[];
}

interface Section {
  readonly title: string;
  readonly operators: readonly Operator[];
}

const sections = readSections();
const operators = sections.flatMap((section) => section.operators);
const anchors = new Map(operators.map(({ name }) => [name, `#${name.toLowerCase()}`]));
const markdown = await format(writePage(), { ...(await resolveConfig(page)), parser: 'markdown' });
mkdirSync(dirname(target), { recursive: true });
writeFileSync(target, markdown);

// ——— reading

function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
}

interface Reexport {
  /** The statement's own comment. */
  readonly title: string;
  readonly file: string;
  readonly names: readonly string[];
}

/** What an index passes on, statement by statement. */
function reexportsOf(index: string): readonly Reexport[] {
  const source = parse(index);
  return source.statements.filter(ts.isExportDeclaration).flatMap((statement) => {
    const { exportClause, moduleSpecifier } = statement;
    if (!exportClause || !ts.isNamedExports(exportClause) || !moduleSpecifier) return [];
    if (!ts.isStringLiteral(moduleSpecifier)) return [];
    const [comment] = ts.getLeadingCommentRanges(source.text, statement.pos) ?? [];
    return {
      title: comment ? source.text.slice(comment.pos, comment.end).replace(/^\/\/\s*/, '') : '',
      file: resolve(dirname(index), moduleSpecifier.text.replace(/\.js$/, '.ts')),
      names: exportClause.elements.map(({ name }) => name.text),
    };
  });
}

/** One section for each room of the main index, with its operators in the order in which the room names them. */
function readSections(): readonly Section[] {
  return reexportsOf(join(root, 'src/index.ts'))
    .map(({ title, file: room, names }) => ({
      title,
      operators: reexportsOf(room)
        .flatMap(({ file, names: all }) => operatorsIn(file, all))
        .filter(({ name }) => names.includes(name)),
    }))
    .filter((section) => section.operators.length > 0);
}

function operatorsIn(file: string, names: readonly string[]): readonly Operator[] {
  const source = parse(file);
  return names.flatMap((name) => {
    const declared = source.statements.filter(
      (statement): statement is ts.FunctionDeclaration =>
        ts.isFunctionDeclaration(statement) && statement.name?.text === name,
    );
    const overloads = declared.filter(({ body }) => body === undefined);
    const public_ = overloads.length > 0 ? overloads : declared;
    const [first] = public_;
    const [flow, ...flows] = public_.flatMap((overload) => flowOf(overload) ?? []);
    if (!first || !flow) return [];
    return {
      name,
      file: relative(root, file),
      signatures: public_.map(signatureOf),
      input: flow.input,
      outputs: [...new Set([flow, ...flows].map(({ output }) => output))],
      comment: public_.map(commentOf).find(({ text }) => text !== '') ?? { text: '', tags: [] },
      options: first.parameters.flatMap(({ type }) => optionsIn(source, type)),
    };
  });
}

function textOf(node: ts.Node): string {
  return node.getText().replace(/\s+/g, ' ').replaceAll(ANY_EVENT, 'Event');
}

interface Reference {
  readonly name: string;
  readonly of: readonly ts.TypeNode[];
}

function referenceTo(type: ts.TypeNode | undefined): Reference {
  return type && ts.isTypeReferenceNode(type)
    ? { name: type.typeName.getText(), of: type.typeArguments ?? [] }
    : { name: '', of: [] };
}

interface Flow {
  readonly input: string;
  readonly output: string;
}

/** What goes in and what comes out; nothing if the function neither is an operator nor takes or makes an Observable. */
function flowOf({ parameters, type }: ts.FunctionDeclaration): Flow | undefined {
  const { name, of } = referenceTo(type);
  const [from, to = from] = of;
  if (name.endsWith('OperatorFunction') && from && to) return { input: textOf(from), output: textOf(to) };

  const types = parameters.flatMap(({ type: taken, initializer }) => (taken && !initializer ? taken : []));
  if (name === 'Observable' && from) return { input: types.map(textOf).join(', '), output: textOf(from) };

  const [source] = types.map(referenceTo).flatMap((taken) => (taken.name === 'Observable' ? taken.of : []));
  return source && type && { input: textOf(source), output: textOf(type) };
}

/** A declaration without its body, and without what only the body needs: defaults, and names taken out of a config. */
function signatureOf({ name, typeParameters, parameters, type }: ts.FunctionDeclaration): string {
  const generics = typeParameters ? `<${typeParameters.map((one) => one.getText()).join(', ')}>` : '';
  const list = parameters.map((parameter) => {
    const { dotDotDotToken, questionToken, initializer } = parameter;
    const called = ts.isIdentifier(parameter.name) ? parameter.name.text : lastWordOf(referenceTo(parameter.type).name);
    const isOptional = questionToken !== undefined || initializer !== undefined;
    return `${dotDotDotToken ? '...' : ''}${called}${isOptional ? '?' : ''}: ${parameter.type?.getText() ?? 'unknown'}`;
  });
  return `function ${name?.text ?? ''}${generics}(${list.join(', ')}): ${type?.getText() ?? 'void'};`;
}

/** A name for what has none, by its type: `RunToolsConfig` → `config`. */
function lastWordOf(name: string): string {
  return /[A-Z][a-z]*$/.exec(name)?.[0].toLowerCase() ?? 'value';
}

function optionsIn(source: ts.SourceFile, type: ts.TypeNode | undefined): readonly Option[] {
  const { name } = referenceTo(type);
  return source.statements
    .filter(ts.isInterfaceDeclaration)
    .filter((declared) => name.endsWith('Config') && declared.name.text === name)
    .flatMap(({ members }) => members.filter(ts.isPropertySignature))
    .map((member) => ({
      name: member.name.getText(),
      type: (member.type ? textOf(member.type) : 'unknown').replace(/ \| undefined$/, ''),
      comment: commentOf(member),
    }));
}

/** The last doc comment before a node, without its stars. Examples may hold what looks like tags: fences are left alone. */
function commentOf(node: ts.Node): Comment {
  const comment = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc).at(-1);
  const lines = (comment?.getText() ?? '')
    .replace(/^\/\*\*|\s*\*\/$/g, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, ''));
  const text: string[] = [];
  const tags: { name: string; lines: string[] }[] = [];
  let isFenced = false;
  for (const line of lines) {
    if (line.startsWith('```')) isFenced = !isFenced;
    // A tag begins a line, or ends the one line there is.
    const [, before = line, name, after = ''] =
      (isFenced ? null : /^(|.*\s)@(defaultValue|example|param|returns|see)\b\s*(.*)$/.exec(line)) ?? [];
    if (before !== '' || name === undefined) (tags.at(-1)?.lines ?? text).push(before);
    if (name !== undefined) tags.push({ name, lines: [after] });
  }
  return {
    text: text.join('\n').trim(),
    tags: tags.map((tag) => ({ name: tag.name, text: tag.lines.join('\n').trim() })),
  };
}

// ——— writing

function writePage(): string {
  return [
    '<!-- Made by `npm run docs` from the doc comments in src. Change those, not this. -->',
    '# Operators',
    INTRODUCTION,
    ...sections.map(writeTable),
    ...sections.flatMap(({ title, operators: all }) => [`## ${title}`, ...all.map(writeOperator)]),
  ].join('\n\n');
}

function writeTable({ title, operators: all }: Section): string {
  return [
    `**${title}**`,
    '',
    '| Operator | In → out | What it does |',
    '| --- | --- | --- |',
    ...all.map(({ name, input, outputs, comment }) =>
      row(
        linkTo(name),
        `${code(input)} → ${outputs.map(code).join(' or ')}`,
        linked(firstSentence(comment.text), name),
      ),
    ),
  ].join('\n');
}

function writeOperator({ name, file, signatures, comment, options }: Operator): string {
  const { text, tags } = comment;
  const named = (wanted: string): readonly string[] =>
    tags.filter((tag) => tag.name === wanted).map((tag) => linked(tag.text, name));
  return [
    `### ${name}`,
    fence(signatures.join('\n')),
    linked(text, name),
    ...(options.length === 0 ? [] : [writeOptions(options, name)]),
    ...named('param').map((parameter) => `- ${parameter.replace(/^(\S+)(?: -)? ?/, '`$1`: ')}`),
    ...named('returns').map((returned) => `Returns: ${returned}`),
    ...tags.filter((tag) => tag.name === 'example').map((tag) => writeExample(tag.text, name)),
    ...named('see').map((neighbour) => `See ${neighbour}`),
    `[Source](${relative(dirname(page), join(root, file))})`,
  ].join('\n\n');
}

/** The title of an example, which may be missing, and its code. */
function writeExample(text: string, name: string): string {
  const at = text.indexOf('```');
  const title = text.slice(0, at).trim();
  return `${title === '' ? 'Example' : `Example: ${linked(lowerFirst(title), name)}`}\n\n${text.slice(at)}`;
}

function writeOptions(options: readonly Option[], name: string): string {
  return [
    '| Option | Type | Meaning | Default |',
    '| --- | --- | --- | --- |',
    ...options.map((option) => {
      const byDefault = option.comment.tags.find((tag) => tag.name === 'defaultValue')?.text ?? '';
      return row(code(option.name), code(option.type), linked(option.comment.text, name), linked(byDefault, name));
    }),
  ].join('\n');
}

function row(...cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replace(/\s+/g, ' ').replaceAll('|', '\\|')).join(' | ')} |`;
}

function code(text: string): string {
  return `\`${text}\``;
}

function fence(text: string): string {
  return `\`\`\`ts\n${text}\n\`\`\``;
}

function lowerFirst(title: string): string {
  return /^[A-Z][a-z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
}

function firstSentence(text: string): string {
  const [paragraph = ''] = text.split('\n\n');
  return /^.*?\.(?=\s|$)/s.exec(paragraph)?.[0] ?? paragraph;
}

function linkTo(name: string): string {
  const anchor = anchors.get(name);
  return anchor === undefined ? code(name) : `[${code(name)}](${anchor})`;
}

/** Words with `{@link x}`, and with names of operators in code, as links; to others than the one they are about. */
function linked(text: string, about: string): string {
  return text
    .split(/(^```[^]*?^```$)/m)
    .map((part) =>
      part.startsWith('```')
        ? part
        : part
            .replace(/\{@link ([\w.]+)(?:\s*\|\s*([^}]*))?\}/g, (_, name: string, words?: string) =>
              words === undefined ? code(name) : anchors.has(name) ? `[${words}](${anchors.get(name) ?? ''})` : words,
            )
            .replace(/(?<!\[)`(\w+)(?:\(\))?`(?!\])/g, (written, name: string) =>
              name === about || !anchors.has(name) ? written : linkTo(name),
            ),
    )
    .join('');
}
