/** Mocha listens to unhandled rejections and says nothing of them: here they fail the test that runs. */
export function failOnUnhandledRejections(): void {
  process.on('unhandledRejection', (reason) => {
    throw reason;
  });
}
