// What the engine loads; tsx lets the plugin run from its sources, without a build step.
require("tsx/cjs");

require("../startup/leaveReadable.ts");

module.exports = require("./main.ts").main();
