import ts from "typescript";

/** A change of the source: what stands in place of a node. */
export interface Change {
  readonly node: ts.Node;
  readonly text: string;
  readonly operator: string;
}

type Operator = (node: ts.Node) => readonly Omit<Change, "operator">[];

/** Single changes that a careless hand might make. Sentences are left alone: their words decide nothing. */
export const operators: Readonly<Record<string, Operator>> = {
  "condition is always true, or never": (node) => {
    const condition = conditionOf(node);
    return condition === undefined
      ? []
      : ["true", "false"].map((text) => ({ node: condition, text: `(${text})` }));
  },
  "comparison turned or moved by one": (node) =>
    ts.isBinaryExpression(node)
      ? (comparisons[node.operatorToken.getText()] ?? []).map((text) => ({ node: node.operatorToken, text }))
      : [],
  "one side of a logical operator left out": (node) =>
    ts.isBinaryExpression(node) && /^(&&|\|\||\?\?)$/.test(node.operatorToken.getText())
      ? [node.left, node.right].map((side) => ({ node, text: `(${side.getText()})` }))
      : [],
  "negation left out": (node) =>
    ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken
      ? [{ node, text: node.operand.getText() }]
      : [],
  "other boolean": (node) => {
    if (node.kind === ts.SyntaxKind.TrueKeyword) return [{ node, text: "false" }];
    return node.kind === ts.SyntaxKind.FalseKeyword ? [{ node, text: "true" }] : [];
  },
  "number one more": (node) => (ts.isNumericLiteral(node) ? [{ node, text: `(${node.getText()} + 1)` }] : []),
  "plus in place of minus": (node) =>
    ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.MinusToken
      ? [{ node: node.operatorToken, text: "+" }]
      : [],
  "other text": (node) => (isWord(node) ? [{ node, text: '"a mutated text"' }] : []),
  "element left out": (node) =>
    ts.isArrayLiteralExpression(node) && !isPattern(node)
      ? node.elements.map((_, at) => ({ node, text: `[${without(node.elements, at)}]` }))
      : [],
  "property left out": (node) =>
    ts.isObjectLiteralExpression(node) && !isPattern(node)
      ? node.properties.map((_, at) => ({ node, text: `{${without(node.properties, at)}}` }))
      : [],
  "method left out or another": (node) =>
    ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)
      ? otherCalls(node, node.expression)
      : [],
  "statement left out": (node) =>
    ts.isExpressionStatement(node) || ts.isThrowStatement(node) ? [{ node, text: ";" }] : [],
};

const comparisons: Readonly<Record<string, readonly string[]>> = {
  "===": ["!=="],
  "!==": ["==="],
  "<": ["<=", ">="],
  "<=": ["<", ">"],
  ">": [">=", "<="],
  ">=": [">", "<"],
};

/** By name; a dot alone leaves the call out. */
const methods: Readonly<Record<string, string>> = {
  filter: ".",
  sort: ".",
  toSorted: ".",
  trim: ".",
  toLowerCase: ".",
  slice: ".",
  some: "every",
  every: "some",
  startsWith: "endsWith",
  endsWith: "startsWith",
};

function otherCalls(node: ts.CallExpression, { expression, name }: ts.PropertyAccessExpression) {
  const other = methods[name.text];
  if (other === undefined) return [];
  if (other === ".") return [{ node, text: expression.getText() }];
  return [{ node: name, text: other }];
}

function conditionOf(node: ts.Node): ts.Expression | undefined {
  if (ts.isIfStatement(node)) return node.expression;
  return ts.isConditionalExpression(node) ? node.condition : undefined;
}

/** A text without space that the program compares, composes or hands on. */
function isWord(node: ts.Node): boolean {
  const isText = ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node);
  if (!isText && !ts.isTemplateExpression(node)) return false;
  const { parent } = node;
  if (ts.isTaggedTemplateExpression(parent)) return false;
  if (!isText) return !/\s/.test(node.getText().replace(/\$\{[^}]*\}/g, ""));
  const isName = "name" in parent && parent.name === node;
  return !isName && !/\s/.test(node.text);
}

/** The left side of an assignment that takes apart. */
function isPattern({ parent }: ts.Node): boolean {
  if (!ts.isBinaryExpression(parent) || parent.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return false;
  return ts.isObjectLiteralExpression(parent.left) || ts.isArrayLiteralExpression(parent.left);
}

function without(nodes: ts.NodeArray<ts.Node>, left: number): string {
  return nodes
    .filter((_, at) => at !== left)
    .map((node) => node.getText())
    .join(", ");
}
