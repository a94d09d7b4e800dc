// What the engine loads; tsx lets the plugin run from its sources, without a build step.
require("tsx/cjs");

// First, so that what goes wrong while the rest loads is readable as well.
require("../model/readableErrors.ts").leaveReadable(process);

module.exports = require("./main.ts").main();
