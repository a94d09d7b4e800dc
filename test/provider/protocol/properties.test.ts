import assert from "node:assert/strict";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { containsUnknown, fromStruct, toStruct, unknown } from "../../../provider/protocol/properties";

describe("properties", () => {
  it("leave out what is null or undefined, at any depth", () => {
    const struct = Struct.fromJavaScript({ a: null, b: { c: null, d: 1 }, e: [1] });
    assert.deepEqual(fromStruct(struct), { b: { d: 1 }, e: [1] });
    assert.deepEqual(toStruct({ a: undefined, b: { c: undefined, d: 1 } }).toJavaScript(), { b: { d: 1 } });
    assert.deepEqual(fromStruct(undefined), {});
  });

  it("open wrapped secrets, as the configuration of a provider holds them", () => {
    const wrapped = {
      "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
      value: { deep: "opened" },
    };
    assert.deepEqual(fromStruct(Struct.fromJavaScript({ secretKey: wrapped })), {
      secretKey: { deep: "opened" },
    });
  });

  it("know what is not known yet, at any depth", () => {
    assert.ok(containsUnknown({ a: [{ b: unknown }] }));
    assert.ok(!containsUnknown({ a: [{ b: "known" }], c: null }));
  });
});
