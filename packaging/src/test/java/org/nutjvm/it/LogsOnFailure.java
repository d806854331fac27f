package org.nutjvm.it;

import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/// Shows what the programs of a failed test logged.
final class LogsOnFailure implements AfterTestExecutionCallback {
    @Override
    public void afterTestExecution(ExtensionContext context) {
        context.getExecutionException()
                .filter(cause -> !(cause instanceof TestAbortedException))
                .ifPresent(cause -> {
                    System.out.println("=== " + context.getDisplayName() + ": " + cause.getMessage());
                    Sandbox.showLogs();
                });
    }
}
