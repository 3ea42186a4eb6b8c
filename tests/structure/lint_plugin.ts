/** Lint rules of this repository; `deno lint` runs them (see `deno.json`). */

/** Programs: they read the environment and pass it on. */
const PROGRAM =
  /\/(main|dev|dev\/serve|demo|dead_mails|emails|reset|seed|edge|predeploy|healthcheck|run_service)\.ts$/;
/** Code that no server runs. */
const OUTSIDE_PRODUCT = /\/(tests|bench|testing|\.ci)\/|_test\.ts$/;
/** Names of the wire and of columns: `event_id`. Constants (`MAX_EVENTS`) have no small letter. */
const SNAKE_CASE = /[a-z0-9]_[a-z0-9]/;
const CAMEL_CASE = /[a-z][A-Z]/;

const environment: Deno.lint.Rule = {
  create(context) {
    if (PROGRAM.test(context.filename) || OUTSIDE_PRODUCT.test(context.filename)) return {};
    return {
      MemberExpression(node) {
        const { object, property } = node;
        if (object.type !== "Identifier" || object.name !== "Deno") return;
        if (property.type !== "Identifier" || property.name !== "env") return;
        context.report({
          node,
          message: "Only programs read the environment",
          hint: "Take the value as an argument and read it in main.ts",
        });
      },
    };
  },
};

const camelCase: Deno.lint.Rule = {
  create(context) {
    function check(node: Deno.lint.Node | Deno.lint.Parameter | null | undefined): void {
      if (node?.type === "AssignmentPattern") return check(node.left);
      if (node?.type === "RestElement") return check(node.argument);
      if (node?.type !== "Identifier" || !SNAKE_CASE.test(node.name)) return;
      context.report({ node, message: `${node.name} is not in camelCase` });
    }
    function checkMembers(members: readonly Deno.lint.Node[]): void {
      const names = members.flatMap((member) =>
        member.type === "TSPropertySignature" && member.key.type === "Identifier"
          ? [{ node: member, name: member.key.name }]
          : []
      );
      const isCode = names.some(({ name }) => CAMEL_CASE.test(name));
      for (const { node, name } of names) {
        if (!SNAKE_CASE.test(name) || !(isCode || CAMEL_CASE.test(name))) continue;
        context.report({
          node,
          message: `${name} stands among properties in camelCase`,
          hint: "Give rows and wire shapes a type of their own, and map it once",
        });
      }
    }
    return {
      VariableDeclarator: ({ id }) => check(id),
      FunctionDeclaration: ({ id, params }) => [id, ...params].forEach((node) => check(node)),
      FunctionExpression: ({ params }) => params.forEach((node) => check(node)),
      ArrowFunctionExpression: ({ params }) => params.forEach((node) => check(node)),
      MethodDefinition: ({ key }) => check(key),
      PropertyDefinition: ({ key }) => check(key),
      TSMethodSignature: ({ key }) => check(key as Deno.lint.Node),
      TSInterfaceBody: ({ body }) => checkMembers(body),
      TSTypeLiteral: ({ members }) => checkMembers(members),
    };
  },
};

/** Pages, whose texts are in the message files. */
const PAGE = /\/services\/web\/app\/.*\.tsx$/;
/** Attributes and props that people read or hear. */
const READ_ATTRIBUTE =
  /^(aria-(label|description|placeholder|roledescription|valuetext)|alt|title|placeholder|label|hint|text|busyText|description|question|answer|fewer|more)$/;
const LETTER = /\p{L}/u;

const noTextInJsx: Deno.lint.Rule = {
  create(context) {
    if (!PAGE.test(context.filename)) return {};
    function report(node: Deno.lint.Node, text: string): void {
      if (!LETTER.test(text)) return;
      context.report({
        node,
        message: "A text stands in a component",
        hint: "Put it into services/web/app/messages",
      });
    }
    /** Finds the texts that an expression may come to. */
    function check(node: Deno.lint.Node): void {
      switch (node.type) {
        case "Literal":
          if (typeof node.value === "string") report(node, node.value);
          return;
        case "TemplateLiteral":
          return report(node, node.quasis.map(({ cooked }) => cooked).join(""));
        case "ConditionalExpression":
          check(node.consequent);
          return check(node.alternate);
        case "LogicalExpression":
          check(node.left);
          return check(node.right);
      }
    }
    return {
      JSXText: (node) => report(node, node.value),
      JSXExpressionContainer(node) {
        const { type } = node.parent;
        if (type === "JSXElement" || type === "JSXFragment") check(node.expression);
      },
      JSXAttribute({ name, value }) {
        if (name.type !== "JSXIdentifier" || !READ_ATTRIBUTE.test(name.name) || !value) return;
        check(value.type === "JSXExpressionContainer" ? value.expression : value);
      },
    };
  },
};

const plugin: Deno.lint.Plugin = {
  name: "evently",
  rules: { "camel-case": camelCase, environment, "no-text-in-jsx": noTextInJsx },
};
export default plugin;
