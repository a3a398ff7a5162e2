const { writeFileSync } = require('node:fs')
const { reporters } = require('mocha')

/** Mocha's usual output on the terminal, and the counts as JSON in the file that TEST_COUNTS names. */
module.exports = class CountingReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options)
    runner.once('end', () => {
      const counts = { passed: this.stats.passes, failed: this.stats.failures }
      writeFileSync(process.env.TEST_COUNTS, JSON.stringify(counts))
    })
  }
}
