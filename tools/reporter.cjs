/** Mocha reporter: the usual list, and the totals in a file for tools/test.mjs. */
const { writeFileSync } = require('node:fs');
const { reporters } = require('mocha');

module.exports = class Reporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const skipped = [];
    runner.on('pending', (test) => skipped.push(test.fullTitle()));
    runner.on('end', () => {
      const { passes, failures, pending } = this.stats;
      const file = process.env.CHANNEL_TEST_TOTALS;
      if (file) writeFileSync(file, JSON.stringify({ passes, failures, pending, skipped }));
    });
  }
};
