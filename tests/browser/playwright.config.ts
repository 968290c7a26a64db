// How the browser tests run: one after the other, in the one browser that they start themselves.
import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.ts",
  outputDir: "../../build/browser",
  workers: 1,
  timeout: 600_000,
  reporter: [["./tap_reporter.ts"]],
});
