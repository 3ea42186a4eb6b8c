/** Lint rules of this repository; `deno lint` runs them (see `deno.json`). */

/** Programs: they read the environment and pass it on. */
const PROGRAM = /\/(main|dev|dev\/serve|demo|emails|reset|seed|edge|healthcheck|run_service)\.ts$/;
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

const plugin: Deno.lint.Plugin = {
  name: "evently",
  rules: { "camel-case": camelCase, environment },
};
export default plugin;
