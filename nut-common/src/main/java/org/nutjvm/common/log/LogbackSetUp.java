package org.nutjvm.common.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;

/// Keeps Logback from looking for configuration files: found as a service before anything is logged, it sets up
/// plain lines on standard error. {@link Logging} then takes over.
public final class LogbackSetUp extends ContextAwareBase implements Configurator {
    /// Made by the service loader.
    public LogbackSetUp() {}

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        NutAppender.install(context);
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
