package org.nutjvm.common.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/// Logback without its search for a configuration. That search (services, annotations, versions, a report with dates)
/// takes three hundred classes more than logging does, some 2 MB in every daemon. Daemons are started with
/// `-Dslf4j.provider` naming this class; without that SLF4J finds Logback's own provider and that finds
/// {@link LogbackSetUp}, with the same result.
public final class LogbackProvider implements SLF4JServiceProvider {
    /// Any API of the 2.0 series.
    private static final String REQUESTED_API_VERSION = "2.0.99";

    private final LoggerContext context = new LoggerContext();
    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final LogbackMDCAdapter mdc = new LogbackMDCAdapter();

    /// Made by SLF4J.
    public LogbackProvider() {}

    @Override
    public void initialize() {
        context.setName("default");
        context.setMDCAdapter(mdc);
        NutAppender.install(context);
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
        context.start();
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return context;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return mdc;
    }

    @Override
    public String getRequestedApiVersion() {
        return REQUESTED_API_VERSION;
    }
}
