package org.nutjvm.common.log;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;

/// The one appender: hands each message to the log of the program it belongs to, or to standard error before and
/// after.
final class NutAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
    private static final String NAME = "nut";

    /// Puts the appender in place of whatever there is, once.
    static void install(LoggerContext context) {
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        synchronized (context) {
            if (root.getAppender(NAME) == null) {
                root.detachAndStopAllAppenders();
                var appender = new NutAppender();
                appender.setName(NAME);
                appender.setContext(context);
                appender.start();
                root.addAppender(appender);
            }
        }
    }

    @Override
    protected void append(ILoggingEvent event) {
        Logging logging = Logging.current();
        if (logging != null) {
            logging.write(event);
        } else {
            System.err.println(LogText.printable(event.getFormattedMessage()));
        }
    }
}
