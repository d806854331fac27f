package org.nutjvm.common.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.LoggerContext;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogbackProviderTest {
    @Test
    void isSetUpAsLogbacksOwnProviderWouldBe() {
        var provider = new LogbackProvider();
        provider.initialize();
        var quick = (LoggerContext) provider.getLoggerFactory();
        var usual = (LoggerContext) LoggerFactory.getILoggerFactory();
        var quickRoot = quick.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        assertTrue(quickRoot.isInfoEnabled());
        assertFalse(quickRoot.isDebugEnabled());
        assertNotNull(quickRoot.getAppender("nut"));
        assertNotNull(usual.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).getAppender("nut"));
        assertEquals(usual.isStarted(), quick.isStarted());
        assertEquals(usual.getName(), quick.getName());
    }
}
