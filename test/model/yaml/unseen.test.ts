import assert from "node:assert/strict";
import { lines, load, loadValid, orders } from "../catalogue/support";

const consumer = "consumers: { api: { kind: lambda } }";

describe("what does not show in a manifest", () => {
  const unseen: Readonly<Record<string, string>> = {
    "U+0000": "\0",
    "U+001B": "\u001b",
    "U+000D": "\r",
    "U+0085": "\u0085",
    "U+200B": "\u200b",
    "U+2028": "\u2028",
    "U+202E": "\u202e",
    "U+2066": "\u2066",
    "U+FEFF": "\ufeff",
    "U+E0041": "\u{e0041}",
  };
  for (const [code, character] of Object.entries(unseen)) {
    it(`${code} is refused, in comments as well, with its place`, () => {
      const found = `found the character ${code}, which does not show`;
      for (const text of [`${consumer} # a${character}b`, `# a${character}${consumer}\n${consumer}`]) {
        const [line, ...others] = lines(load({ orders: orders(text) }));
        assert.match(line ?? "", /^services\/orders\.yaml:5:\d+ found/);
        assert.ok(line?.includes(found), line);
        assert.deepEqual(others, []);
        assert.doesNotMatch(line ?? "", /[\p{Cc}\p{Cf}\p{Zl}]/u);
      }
    });
  }

  it("leaves tabulators, line ends of Windows, a byte order mark and joined signs", () => {
    const text = orders(`parameters: { a: { description: "For 👨‍👩‍👧", type: String, value: x } }\t# so`);
    for (const one of [text, text.replaceAll("\n", "\r\n"), `\ufeff${text}`]) {
      assert.equal(loadValid({ orders: one }).services.length, 1);
    }
  });

  const secret = (login: string, schedule = "rate(30 days)") =>
    orders(
      `secrets: { db: { description: x, rotation: { method: postgres-single-user, schedule: "${schedule}" }, ` +
        `database: { host: db.internal, port: 5432, name: main, username: "${login}" } } }`,
    );
  for (const escape of ["\\u202E", "\\u200B", "\\uFEFF", "\\u2028", "\\uD800"]) {
    it(`is refused as an escape, ${escape}, where a name or address stands`, () => {
      assert.equal(load({ orders: secret(`shop${escape}`) }).catalogue, undefined);
      const schedules = [
        `cron(0 4 ? * SUN *${escape})`,
        `cron(0${escape}4 ? * SUN *)`,
        `rate(30 days)${escape}`,
      ];
      for (const schedule of schedules) {
        assert.equal(load({ orders: secret("shop", schedule) }).catalogue, undefined, schedule);
      }
    });
  }

  it("is taken as an escape in a value, but for half a character", () => {
    const value = (text: string) =>
      load({ orders: orders(`parameters: { a: { description: x, type: String, value: "${text}" } }`) });
    assert.deepEqual(lines(value("a\\u200Bb")), []);
    assert.match(
      lines(value("a\\uD800b")).join("\n"),
      /5:\d+ parameters\.a\.value: found half of a character;/,
    );
  });

  it("turns the direction of no description", () => {
    for (const escape of ["\\u202E", "\\u2066", "\\u200F", "\\u2028"]) {
      const text = orders(consumer).replace("Takes orders", `"Takes${escape}orders"`);
      assert.match(
        lines(load({ orders: text })).join("\n"),
        /^services\/orders\.yaml:3:14 description: found/,
      );
    }
  });

  it("names no login that a shell, a template or a page would read", () => {
    for (const sign of ["$(id)", "`id`", "|sh", "&&id", "<b>", "{{resolve:ssm:x}}", "::error::", "\\\\"]) {
      assert.match(
        lines(load({ orders: secret(`shop${sign}`) })).join("\n"),
        /secrets\.db\.database\.username: found/,
        sign,
      );
    }
    for (const login of ["shop_user", "shop-user", "shop.user@main", "C#SHOP$1", "bücher"]) {
      assert.equal(load({ orders: secret(login) }).catalogue !== undefined, true, login);
    }
  });
});
