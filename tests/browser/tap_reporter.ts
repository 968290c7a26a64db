// Says what the tests did as TAP, with the sums that scripts/sum_up_tests.mjs adds to the others'.
import type { FullResult, Reporter, TestCase, TestResult } from "@playwright/test/reporter";

export default class TapReporter implements Reporter {
  private count = 0;
  private sums = { pass: 0, fail: 0, skipped: 0 };

  onBegin() {
    console.log("TAP version 13");
  }

  onTestEnd(test: TestCase, result: TestResult) {
    const skipped = result.status === "skipped";
    const failed = !skipped && result.status !== "passed";
    this.sums[skipped ? "skipped" : failed ? "fail" : "pass"] += 1;
    this.count += 1;
    const notes = skipped ? ` # SKIP ${test.annotations.map((each) => each.description).join()}` : "";
    console.log(`${failed ? "not ok" : "ok"} ${this.count} - ${test.title}${notes}`);
    for (const error of result.errors) console.log(this.indented(error.stack ?? error.message));
  }

  // What failed outside of any test: a file that does not load.
  onError(error: { stack?: string; message?: string }) {
    this.sums.fail += 1;
    this.count += 1;
    console.log(`not ok ${this.count} - loading the tests`);
    console.log(this.indented(error.stack ?? error.message));
  }

  onEnd(_result: FullResult) {
    console.log(`1..${this.count}`);
    for (const [word, count] of Object.entries(this.sums)) console.log(`# ${word} ${count}`);
  }

  private indented(text = "") {
    return text.split("\n").map((line) => `  ${line}`).join("\n");
  }
}
