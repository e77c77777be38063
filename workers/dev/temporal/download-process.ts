import { TestWorkflowEnvironment } from '@temporalio/testing';

// The SDK offers its download only together with a start: so start once, and keep the file it leaves in the folder.
const environment = await TestWorkflowEnvironment.createLocal({
  server: { executable: { type: 'cached-download', downloadDir: process.argv[2], ttl: '3650 days' } },
});
await environment.teardown();
