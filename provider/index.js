// What the engine loads; tsx lets the plugin run from its sources, without a build step.
require("tsx/cjs");

module.exports = require("./main.ts").main();
