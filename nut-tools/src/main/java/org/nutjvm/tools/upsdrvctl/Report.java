package org.nutjvm.tools.upsdrvctl;

import java.util.concurrent.atomic.AtomicInteger;
import org.nutjvm.common.log.PlainLog;
import org.nutjvm.tools.shared.Failure;

/// What is said while several things go on at once, and whether any of them failed. For any thread.
final class Report {
    private final PlainLog log;
    private final AtomicInteger errors = new AtomicInteger();

    Report(PlainLog log) {
        this.log = log;
    }

    PlainLog log() {
        return log;
    }

    /// A failure: the exit code will not be 0.
    void error(String text) {
        errors.incrementAndGet();
        log.error(text);
    }

    void error(Failure failure) {
        error(failure.getMessage());
        if (!failure.hint().isEmpty()) {
            log.info(failure.hint());
        }
    }

    int errors() {
        return errors.get();
    }

    int exitCode() {
        return errors.get() == 0 ? 0 : 1;
    }
}
