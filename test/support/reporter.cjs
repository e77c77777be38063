const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const Mocha = require('mocha');

const allowedSkips = JSON.parse(readFileSync(join(__dirname, 'allowed-skips.json'), 'utf8'));

/**
 * The spec reporter plus two things: under CI a skipped test that is not in allowed-skips.json (by the end of
 * its full title) fails the run, and the last line is a plain "N passed, N failed, N skipped".
 */
module.exports = function Reporter(runner, options) {
  const spec = new Mocha.reporters.Spec(runner, options);
  const skipped = [];
  runner.on('pending', (test) => skipped.push(test.fullTitle()));
  this.done = (failures, end) => {
    const forbidden = process.env.CI
      ? skipped.filter((title) => !allowedSkips.some((allowed) => title.endsWith(allowed)))
      : [];
    for (const title of forbidden) console.log(`Skipped, and not in allowed-skips.json: ${title}`);
    const { passes, failures: failed, pending } = spec.stats;
    console.log(
      `${passes} passed, ${failed + forbidden.length} failed, ${pending - forbidden.length} skipped`,
    );
    end(failures + forbidden.length);
  };
};
