const { DefaultFailureConverter } = require('@temporalio/common');

/** Error messages and stacks go through the payload codec too: a failure can quote what it failed on. */
exports.failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
