"use strict";

/** What can be switched off, each by an environment variable (README.md). */
const switches = [
  "PLATFORM_NO_BUNDLE",
  "PLATFORM_NO_COMPILED",
  "PLATFORM_NO_BRIEF",
  "PLATFORM_NO_TRACELESS",
  "PLATFORM_NO_UNMAPPED",
  "PLATFORM_NO_DECODE_ONCE",
];
exports.switches = switches;

/** Whether a variable of that list is set; empty and `0` count as not set. */
exports.isOff = function isOff(name) {
  if (!switches.includes(name)) throw new Error(`${name} is no switch; there are ${switches.join(", ")}`);
  return !["", "0"].includes(process.env[name] ?? "");
};
