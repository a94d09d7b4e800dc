import assert from "node:assert/strict";
import { lines, load, loadValid, orders } from "./support";

/** What programs take, and a name of AWS never does. */
const texts = [
  "*",
  "https://*.example.com,http://localhost:3000/?lang=en",
  "src/**/*.ts",
  "/users/${id}/orders",
  "$(date)",
  "../templates",
  "^[a-z]+(?:-[a-z]+)?$",
  "first\n\tsecond\n",
  '{"levels": {"*": "info"}}',
];

function ecs(settings: object): string {
  return orders(
    `consumers: ${JSON.stringify({ web: { kind: "ecs", image: "public.ecr.aws/nginx/nginx:1.29", ...settings } })}`,
  );
}

describe("texts that a program gets as they are", () => {
  for (const text of texts) {
    it(`may be ${JSON.stringify(text)}`, () => {
      const words = ["/bin/sh", "-c", text];
      const container = {
        ...{ entryPoint: words, command: words, healthCheck: { command: words } },
        variables: { TEXT: text, BY_ENVIRONMENT: { staging: text, prod: text } },
      };
      const sidecar = {
        image: "public.ecr.aws/nginx/nginx:1.29",
        ...container,
        healthCheck: { command: text },
      };
      const [service] = loadValid({
        orders: ecs({ ...container, containers: { beside: sidecar } }),
      }).services;
      const [web] = service!.consumers;
      assert.ok(web?.kind === "ecs" && web.task !== undefined);
      assert.deepEqual(web.task.entryPoint, words);
      assert.deepEqual(web.task.healthCheck?.command, ["CMD", ...words]);
      assert.deepEqual(
        web.variables.map(({ value }) => value["prod"]),
        [text, text, text, text],
      );
    });
  }

  it("hold no end of a text and no half of a character", () => {
    for (const [key, said] of [
      [{ command: ["sh", "a\0b"] }, "consumers.web.command.1: found the character U+0000"],
      [{ healthCheck: { command: "a\0b" } }, "consumers.web.healthCheck.command: found the character U+0000"],
      [{ variables: { TEXT: "\ud800" } }, "consumers.web.variables.TEXT: found half of a character"],
    ] as const) {
      const found = lines(load({ orders: ecs(key) }));
      assert.deepEqual(
        found.map((line) => line.replace(/^\S+ (.*?);.*$/, "$1")),
        [said],
      );
    }
  });

  it("are not free elsewhere", () => {
    assert.match(lines(load({ orders: ecs({ user: "*" }) })).join(), /consumers\.web\.user/);
    assert.match(
      lines(load({ orders: ecs({ writable: ["/tmp/*"] }) })).join(),
      /consumers\.web\.writable\.0/,
    );
  });
});
