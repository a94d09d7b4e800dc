import assert from "node:assert/strict";
import fc from "fast-check";
import { json, Markup, markup } from "../../../../cli/check/html/markup";

describe("markup of a page", () => {
  it("has texts escaped, in elements and in attributes, and markup as it is", () => {
    const hostile = `<img src=x onerror=alert(1)> " ' & &lt;`;
    assert.equal(
      markup`<p title="${hostile}">${hostile}${markup`<b>${1}</b>`}${undefined}</p>`.text,
      '<p title="&lt;img src=x onerror=alert(1)&gt; &quot; &#39; &amp; &amp;lt;">' +
        "&lt;img src=x onerror=alert(1)&gt; &quot; &#39; &amp; &amp;lt;<b>1</b></p>",
    );
    assert.equal(markup`${[new Markup("<i>"), markup`${"<"}`]}`.text, "<i>\n&lt;");
  });

  it("leaves no sign of markup of any text, which can be read back", () => {
    const names: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const made = markup`${text}`.text;
        assert.doesNotMatch(made, /[<>"']/);
        assert.equal(
          made.replace(/&([^;]+);/g, (_, name: string) => names[name]!),
          text,
        );
      }),
    );
  });

  it("has data in which nothing ends a script, and which is the same when it is read", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom("</script>", "<!--", "]]>"))), (texts) => {
        const made = json({ texts }).text;
        assert.ok(!made.includes("<"));
        assert.deepEqual(JSON.parse(made), { texts });
      }),
    );
  });
});
